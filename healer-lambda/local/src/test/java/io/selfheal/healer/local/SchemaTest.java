package io.selfheal.healer.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SchemaTest {
    private static final Path FILES = Path.of("src/main/resources/io/selfheal/healer/local/schema");

    private final List<HikariDataSource> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(HikariDataSource::close);
    }

    @Test
    void givenTheFilesOfTheSchema_thenTheNewestIsTheOneThatIsLookedFor() throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            List<Integer> versions = files.map(file -> file.getFileName().toString())
                    .map(name -> Integer.valueOf(name.substring(1, name.indexOf("__"))))
                    .sorted()
                    .toList();
            assertThat(versions.getLast()).hasToString(Schema.NEWEST);
        }
    }

    @Test
    void givenAnEmptyDatabase_whenBroughtUpToDate_thenItIs_andStaysSo() {
        for (DataSource database : List.of(opened(TestDatabases.freshH2()), opened(TestDatabases.freshPostgres()))) {
            assertThat(Schema.upToDate(database)).isFalse();
            Schema.bringUpToDate(database);
            assertThat(Schema.upToDate(database)).isTrue();
            Schema.bringUpToDate(database);
            assertThat(Schema.upToDate(database)).isTrue();
        }
    }

    @Test
    void givenAMigrationThatFailed_orAnOlderOne_thenItIsNotUpToDate() throws SQLException {
        for (DataSource database : List.of(opened(TestDatabases.freshH2()), opened(TestDatabases.freshPostgres()))) {
            Schema.bringUpToDate(database);
            for (String change : List.of("\"success\" = false", "\"success\" = true, \"version\" = '0'")) {
                execute(database, "update \"healer_schema_history\" set " + change);
                assertThat(Schema.upToDate(database)).as(change).isFalse();
            }
        }
    }

    private DataSource opened(JdbcSettings settings) {
        HikariDataSource database = new HikariDataSource();
        database.setJdbcUrl(settings.effectiveUrl());
        database.setUsername(settings.user());
        database.setPassword(settings.password());
        database.setMaximumPoolSize(2);
        open.add(database);
        return database;
    }

    private static void execute(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
