package io.selfheal.healer.server.console;

import io.selfheal.healer.control.Storms;
import io.selfheal.healer.control.Switches;
import io.selfheal.healer.incident.IncidentArchive;
import io.selfheal.healer.incident.IncidentStore;
import jakarta.inject.Singleton;

/** What the page reads from the store. */
@Singleton
record Stores(IncidentStore store, IncidentArchive archive, Switches switches, Storms storms) {}
