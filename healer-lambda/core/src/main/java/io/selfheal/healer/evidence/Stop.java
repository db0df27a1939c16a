package io.selfheal.healer.evidence;

import io.selfheal.healer.fleet.TaskId;
import java.time.Instant;
import java.util.Optional;

/**
 * A task that stopped.
 *
 * @param code the fleet's word, for example {@code EssentialContainerExited}
 * @param exitCode of its essential container; 137 is a kill, by the kernel when memory ran out
 */
public record Stop(TaskId task, String revision, String code, String reason, Optional<Integer> exitCode, Instant at) {}
