package io.selfheal.healer.local;

class H2IncidentStoreTest extends JdbcIncidentStoreContract {

    @Override
    JdbcSettings fresh() {
        return TestDatabases.freshH2();
    }
}
