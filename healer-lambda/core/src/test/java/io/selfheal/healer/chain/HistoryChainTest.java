package io.selfheal.healer.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HistoryChainTest {
    private static final ChainHead BEGUN = HistoryChain.begin("selfheal/order", 1, "a", "");

    @Test
    void givenTheSameInput_thenTheHashIsTheSameForEver() {
        // What stores hold depends on it: a change here makes every stored history look forged.
        assertThat(HistoryChain.append(BEGUN, "{}").hash())
                .isEqualTo("b07d6458dd32d10ca9f721cde3f5cea2ced80f111ab139470a8252e849d7554f");
        assertThat(HistoryChain.seal("{}"))
                .isEqualTo("fed1567e23963ec585dbcd8a4e6aa5e4f791c3bd0686004140e79c6cb0f004a9");
    }

    @Test
    void givenTextsThatReadTheSameWhenJoined_thenTheHashesDiffer() {
        Set<String> hashes = new HashSet<>(List.of(
                BEGUN.hash(),
                HistoryChain.begin("selfheal/order1", 1, "a", "").hash(),
                HistoryChain.begin("selfheal/order", 11, "a", "").hash(),
                HistoryChain.begin("selfheal/order", 1, "1a", "").hash(),
                HistoryChain.begin("selfheal/order", 1, "", "a").hash(),
                HistoryChain.seal(""),
                HistoryChain.append(BEGUN, "ab").hash(),
                HistoryChain.append(HistoryChain.append(BEGUN, "a"), "b").hash(),
                HistoryChain.append(new ChainHead(7, BEGUN.hash()), "ab").hash(),
                HistoryChain.digest(List.of("ab", "c")),
                HistoryChain.digest(List.of("a", "bc"))));

        assertThat(hashes).hasSize(11);
    }

    @Test
    void whenAppending_thenTheLengthCountsUp() {
        assertThat(BEGUN.length()).isZero();
        assertThat(BEGUN.begun()).isTrue();
        assertThat(ChainHead.NONE.begun()).isFalse();
        assertThat(HistoryChain.append(HistoryChain.append(BEGUN, "a"), "b").length())
                .isEqualTo(2);
        assertThatThrownBy(() -> new ChainHead(-1, "ab"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("length");
    }
}
