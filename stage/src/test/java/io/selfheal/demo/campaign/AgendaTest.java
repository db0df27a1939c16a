package io.selfheal.demo.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selfheal.demo.campaign.Agenda.Sitting;
import io.selfheal.demo.fault.Fault;
import io.selfheal.demo.fault.PlannedRun;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgendaTest {

    private static final List<Fault> FAULTS = List.of(Fault.HANG, Fault.ERRORS, Fault.LOAD_SPIKE);
    private static final Agenda AGENDA = new Agenda(List.of(Arm.values()), FAULTS, 3, 1, 7);

    @Test
    void givenNothingDone_thenRoundByRoundAndTheArmsInTurns() {
        List<Sitting> left = AGENDA.left(List.of());

        assertThat(left.stream()
                        .map(sitting -> sitting.round() + " " + sitting.arm().id()))
                .containsExactly("1 healer", "1 off", "1 ecs", "1 usual", "2 healer", "2 off", "3 healer", "3 off");
        // ECS alone is not tried with what breaks nothing.
        assertThat(left.get(2).runs()).extracting(PlannedRun::fault).containsExactly(Fault.HANG, Fault.ERRORS);
        assertThat(AGENDA.size()).isEqualTo(3 * (3 + 3) + 2 + 3);
    }

    @Test
    void givenSomeDone_thenOnlyTheOthersAreLeft_onTheSameTasks() {
        RunLine done = Lines.healed(Arm.HEALER, Fault.ERRORS, 1, 4);

        Sitting first = AGENDA.left(List.of(done)).getFirst();

        assertThat(first.runs()).extracting(PlannedRun::fault).containsExactly(Fault.HANG, Fault.LOAD_SPIKE);
        assertThat(AGENDA.left(List.of()).getFirst().runs()).containsAll(first.runs());
    }

    @Test
    void givenEverythingDone_thenNothingIsLeft() {
        List<RunLine> done = new ArrayList<>();
        AGENDA.left(List.of()).forEach(sitting -> sitting.runs()
                .forEach(run -> done.add(Lines.untouched(sitting.arm(), run.fault(), sitting.round()))));

        assertThat(AGENDA.left(done)).isEmpty();
    }

    @Test
    void givenRounds_thenEveryArmBreaksTheSameTasks() {
        List<Sitting> left = AGENDA.left(List.of());

        assertThat(left.get(0).runs()).isEqualTo(left.get(1).runs());
    }

    @Test
    void givenNothingToDo_thenRefused() {
        assertThatThrownBy(() -> new Agenda(List.of(), FAULTS, 1, 1, 1)).hasMessageContaining("an arm");
        assertThatThrownBy(() -> Arm.parse("healer,nobody")).hasMessageContaining("nobody");
    }
}
