package io.selfheal.healer.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.selfheal.healer.server.config.HealerConfiguration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {

    private static HostNames names(String configured) {
        return new HostNames(
                new HealerConfiguration(
                        "listens.here.example",
                        7070,
                        "correct-horse-battery-staple",
                        "",
                        configured,
                        "selfheal",
                        "ecs",
                        "jdbc",
                        "policy.yaml",
                        "auto",
                        "",
                        ""),
                new HealerConfiguration.Approval("", "https://Public.example:8443/healer"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:7070",
                "10.1.2.3",
                "localhost",
                "LOCALHOST:7070",
                "localhost.",
                "[::1]:7070",
                "[::1]",
                "[::ffff:127.0.0.1]:7070",
                "healer",
                "healer:7070",
                "healer.selfheal-dev.internal:7070",
                "host.docker.internal:7070",
                "one.localhost:7070",
                "listens.here.example",
                "public.example",
                "healer.example:443",
                "HEALER.example.",
                ""
            })
    void givenANameThatNoStrangersPageCanHaveOrThatIsConfigured_thenItIsOwn(String host) {
        assertThat(names("healer.example, other.example").foreign(List.of(host)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:7070",
                "127.0.0.1.nip.io:7070",
                "healer.example.evil.example",
                "evilhealer.example",
                "internal.evil.example",
                "notinternal.example",
                "[::1].evil.example",
                "1.2.3.4.5",
                "evil.example.",
                "localhost.evil.example"
            })
    void givenAnyOtherName_thenItIsForeign(String host) {
        assertThat(names("healer.example").foreign(List.of(host))).contains(host);
        assertThat(names("healer.example").foreign(List.of("healer", host)))
                .as("a second name beside an own one")
                .contains(host);
    }

    @Test
    void givenNoNameAtAll_thenItIsNoBrowserAndLetIn() {
        assertThat(names("").foreign(List.of())).isEmpty();
    }

    @Test
    void givenTheStar_thenEveryNameIsOwn() {
        assertThat(names("*").foreign(List.of("evil.example"))).isEmpty();
    }
}
