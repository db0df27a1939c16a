package io.selfheal.healer.local;

class PostgresSwitchesTest extends JdbcSwitchesContract {

    @Override
    JdbcSettings fresh() {
        return TestDatabases.freshPostgres();
    }
}
