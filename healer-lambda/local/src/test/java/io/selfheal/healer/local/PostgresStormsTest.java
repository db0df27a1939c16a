package io.selfheal.healer.local;

class PostgresStormsTest extends JdbcStormsContract {

    @Override
    JdbcSettings fresh() {
        return TestDatabases.freshPostgres();
    }
}
