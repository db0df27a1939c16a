package io.selfheal.healer.intake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * One JSON object as it was read: what may be long, its alerts or records, apart from the rest.
 *
 * @param envelope everything else, with an empty list in the place of what was taken out
 * @param length of its text in characters
 */
record Document(JsonNode envelope, List<AlertReader.Read> alerts, List<JsonNode> records, int length) {}
