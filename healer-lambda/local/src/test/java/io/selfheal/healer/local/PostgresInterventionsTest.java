package io.selfheal.healer.local;

class PostgresInterventionsTest extends JdbcInterventionsContract {

    @Override
    JdbcSettings fresh() {
        return TestDatabases.freshPostgres();
    }
}
