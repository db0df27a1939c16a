package io.selfheal.healer.local;

class PostgresMigrationTest extends MigrationContract {
    @Override
    JdbcSettings fresh() {
        return TestDatabases.freshPostgres();
    }
}
