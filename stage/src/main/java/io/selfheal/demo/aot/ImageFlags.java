package io.selfheal.demo.aot;

import io.selfheal.demo.stage.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Called by the build of the images: writes beside each jar the flags that its program runs with in an image, one a line, as the
 * java command reads them from a file. They are those that its AOT cache was trained with.
 */
public final class ImageFlags {

    private ImageFlags() {}

    /** Arguments: the folder that holds the programs as the repository does. */
    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]).toRealPath();
        for (Program program : Program.values()) {
            Files.write(
                    program.jar(root).resolveSibling("jvm.flags"),
                    program.flags("/app/" + program.artifact() + ".aot"));
        }
    }
}
