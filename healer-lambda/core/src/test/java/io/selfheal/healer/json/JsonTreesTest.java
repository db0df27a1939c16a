package io.selfheal.healer.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTreesTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final List<String> DOCUMENTS = List.of(
            "{}",
            "[]",
            "null",
            "true",
            "\"\"",
            "0",
            "-1",
            "2147483648",
            "123456789012345678901234567890",
            "1.5",
            "1e300",
            "{\"a\":{\"b\":[1,[],{},null,false,\"x\"]},\"a\":\"the last one wins\",\"\":0}",
            "\"\\u00e9\\ud83d\\ude00\\n\\\"\\\\\\u0000\"",
            " {\"after\" : 1} and what follows is not looked at");

    @Test
    void givenAnyDocument_whenRead_thenTheTreeIsTheMappers() throws Exception {
        for (String document : DOCUMENTS) {
            assertThat(JsonTrees.read(document)).as(document).isEqualTo(MAPPER.readTree(document));
        }
    }

    @Test
    void givenAnyTree_whenWritten_thenTheTextIsTheMappers() throws Exception {
        for (String document : DOCUMENTS) {
            JsonNode tree = MAPPER.readTree(document);
            assertThat(JsonTrees.write(tree)).as(document).isEqualTo(MAPPER.writeValueAsString(tree));
        }
    }

    @Test
    void givenNothing_whenRead_thenTheNodeIsMissing() throws Exception {
        assertThat(JsonTrees.read(" ").isMissingNode()).isTrue();
    }

    @Test
    void givenNoJson_whenRead_thenItSaysSo() {
        for (String text :
                List.of("{", "[1,", "{\"a\"}", "{\"a\":}", "[1}", "nul", "'a'", "\"\t\"", "[".repeat(2000))) {
            assertThatThrownBy(() -> JsonTrees.read(text)).as(text).isInstanceOf(JsonProcessingException.class);
        }
    }

    @Test
    void givenAParserInsideADocument_whenRead_thenItStandsAtTheEndOfThatValue() throws Exception {
        try (JsonParser parser = new JsonFactory().createParser("[{\"a\":[1]},2]")) {
            parser.nextToken();
            parser.nextToken();
            assertThat(JsonTrees.read(parser).path("a").path(0).asInt()).isEqualTo(1);
            assertThat(parser.currentToken()).isEqualTo(JsonToken.END_OBJECT);
            assertThat(parser.nextToken()).isEqualTo(JsonToken.VALUE_NUMBER_INT);
        }
    }
}
