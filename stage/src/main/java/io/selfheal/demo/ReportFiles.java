package io.selfheal.demo;

import io.selfheal.demo.report.JsonReport;
import io.selfheal.demo.report.MarkdownReport;
import io.selfheal.demo.report.Session;
import io.selfheal.demo.stage.StageFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Puts a report into a folder. */
final class ReportFiles {

    private ReportFiles() {}

    /** The Markdown file; the JSON file lies beside it. */
    static Path write(Session session, Path folder) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("report.json"), JsonReport.of(session));
            return Files.writeString(folder.resolve("report.md"), MarkdownReport.of(session));
        } catch (IOException e) {
            throw new StageFailed("The report could not be written to " + folder + ": " + e, e);
        }
    }
}
