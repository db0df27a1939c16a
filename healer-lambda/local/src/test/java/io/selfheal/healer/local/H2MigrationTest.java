package io.selfheal.healer.local;

class H2MigrationTest extends MigrationContract {
    @Override
    JdbcSettings fresh() {
        return TestDatabases.freshH2();
    }
}
