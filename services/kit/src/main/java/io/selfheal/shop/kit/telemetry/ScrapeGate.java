package io.selfheal.shop.kit.telemetry;

/** May refuse a scrape. The faults use it; nothing else should. */
public interface ScrapeGate {

    /** True when this scrape is to be refused. Called once per scrape, so that an implementation may count. */
    boolean refuse();
}
