package io.selfheal.demo.fleet;

/** How many tasks of which revision a service wants, and how many it has. */
public record ServiceCount(String service, String revision, int desired, int running, int pending, int deployments) {

    /** Whether it has what it wants, and no deployment is under way. */
    public boolean whole() {
        return running == desired && pending == 0 && deployments <= 1;
    }
}
