package io.selfheal.healer.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class JdbcSettingsTest {

    @Test
    void whenTheUrlIsOfAnH2File_thenItGetsWhatTheStoreNeeds_unlessItSaysOtherwise() {
        String url = JdbcSettings.of("jdbc:h2:file:./.selfheal/healer;CACHE_SIZE=1024", "sa", "")
                .effectiveUrl();

        assertThat(url)
                .startsWith("jdbc:h2:async:./.selfheal/healer;CACHE_SIZE=1024;")
                .contains(";MODE=PostgreSQL")
                .contains(";QUERY_CACHE_SIZE=32")
                .doesNotContain("CACHE_SIZE=4096");
    }

    @Test
    void whenTheUrlIsAnother_thenItIsLeftAlone() {
        String url = "jdbc:postgresql://db:5432/healer?sslmode=require";

        assertThat(JdbcSettings.of(url, "me", "hush").effectiveUrl()).isEqualTo(url);
        assertThat(JdbcSettings.of("jdbc:h2:mem:x", "sa", "").effectiveUrl()).startsWith("jdbc:h2:mem:x;");
    }

    @Test
    void whenShown_thenNoSecretIsInIt() {
        JdbcSettings settings = JdbcSettings.of("jdbc:postgresql://me:hush@db/healer?password=hush", "me", "hush");

        assertThat(settings.toString()).isEqualTo("JdbcSettings[jdbc:postgresql://db/healer as me]");
        assertThatThrownBy(() -> JdbcSettings.of("jdbc:mysql://me:hush@db/x", "me", "hush"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("jdbc:mysql://db/x")
                .hasMessageNotContaining("hush");
    }
}
