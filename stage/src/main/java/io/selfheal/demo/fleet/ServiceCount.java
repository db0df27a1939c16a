package io.selfheal.demo.fleet;

/** How many tasks a service wants and has. */
public record ServiceCount(String service, int desired, int running, int pending, int deployments) {

    /** Whether it has what it wants, and no deployment is under way. */
    public boolean whole() {
        return running == desired && pending == 0 && deployments <= 1;
    }
}
