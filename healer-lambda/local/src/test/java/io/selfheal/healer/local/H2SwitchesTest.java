package io.selfheal.healer.local;

class H2SwitchesTest extends JdbcSwitchesContract {

    @Override
    JdbcSettings fresh() {
        return TestDatabases.freshH2();
    }
}
