package io.selfheal.healer.local;

class PostgresIncidentStoreTest extends JdbcIncidentStoreContract {

    @Override
    JdbcSettings fresh() {
        return TestDatabases.freshPostgres();
    }
}
