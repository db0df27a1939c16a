package io.selfheal.embedded.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {
    @Test
    void tokensLeadThroughTheList() {
        List<String> all = List.of("a", "b", "c", "d", "e");

        assertThat(readAll(all, 2)).isEqualTo(all);
        assertThat(readAll(all, 5)).isEqualTo(all);
    }

    @Test
    void whenTheListChangesInBetween_thenNothingIsSkipped() {
        ObjectNode first = Pages.answer(request(2, null), 100, "x", List.of("a", "b", "c", "d"));

        ObjectNode second =
                Pages.answer(request(2, first.path("nextToken").asText()), 100, "x", List.of("b", "c", "d"));

        assertThat(second.path("x")).hasToString("[\"c\",\"d\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "%%%", "MSBhIGI", ""})
    void aTokenThatIsNotOursIsRefusedOrHarmless(String token) {
        List<String> all = List.of("a", "b");
        try {
            assertThat(Pages.answer(request(1, token), 100, "x", all).path("x")).isNotEmpty();
        } catch (AwsException e) {
            assertThat(e.code()).isEqualTo("InvalidParameterException");
        }
    }

    @Test
    void maxResultsHasBounds() {
        assertThatExceptionOfType(AwsException.class)
                .isThrownBy(() -> Pages.answer(request(101, null), 100, "x", List.of()));
    }

    private static List<String> readAll(List<String> all, int size) {
        List<String> seen = new ArrayList<>();
        @Nullable String token = null;
        do {
            ObjectNode page = Pages.answer(request(size, token), 100, "x", all);
            page.path("x").forEach(node -> seen.add(node.asText()));
            token = page.has("nextToken") ? page.path("nextToken").asText() : null;
        } while (token != null);
        return seen;
    }

    private static Fields request(int size, @Nullable String token) {
        ObjectNode json = Json.object().put("maxResults", size);
        return new Fields(token == null ? json : json.put("nextToken", token));
    }
}
