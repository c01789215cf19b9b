package sirkuit.app.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.util.Subscription;
import org.junit.jupiter.api.Test;

class PaletteModelTest {
    private final Actions actions = new Actions();
    private final List<String> done = new ArrayList<>();
    private final List<List<String>> remembered = new ArrayList<>();
    private final BooleanProperty canUndo = new SimpleBooleanProperty();
    private final PaletteModel palette = new PaletteModel(actions, List.of("tune"), remembered::add);

    PaletteModelTest() {
        actions.register(
                action("score", "Score the heads"),
                action("undo", "Undo the change of the mask").when(canUndo),
                action("top-k", "Choose the top k heads"),
                action("tune", "Tune"));
        palette.open();
    }

    @Test
    void withoutAQueryWhatWasDoneLatelyComesFirstAndWhatCannotBeDoneLast() {
        assertThat(ids()).containsExactly("tune", "score", "top-k", "undo");
    }

    @Test
    void lettersInOrderAreEnough() {
        palette.query().set("tk");
        assertThat(ids()).first().isEqualTo("top-k");
        palette.query().set("thisisnothing");
        assertThat(ids()).isEmpty();
        assertThat(palette.chosen().get()).isEqualTo(-1);
        assertThat(palette.perform()).isFalse();
    }

    @Test
    void wholeWordsComeBeforeScatteredLetters() {
        palette.query().set("score");
        assertThat(ids()).first().isEqualTo("score");
    }

    @Test
    void arrowsGoRoundAndRound() {
        palette.move(-1);
        assertThat(palette.chosen().get()).isEqualTo(3);
        palette.move(1);
        assertThat(palette.chosen().get()).isZero();
    }

    @Test
    void whatIsDoneIsRememberedAndComesFirstTheNextTime() {
        palette.query().set("score");
        assertThat(palette.perform()).isTrue();
        assertThat(done).containsExactly("score");
        assertThat(remembered).containsExactly(List.of("score", "tune"));
        palette.open();
        assertThat(ids()).startsWith("score", "tune");
    }

    @Test
    void whatCannotBeDoneNowIsNotDone() {
        palette.query().set("undo");
        assertThat(palette.perform()).isFalse();
        assertThat(done).isEmpty();
        canUndo.set(true);
        assertThat(palette.perform()).isTrue();
        assertThat(done).containsExactly("undo");
    }

    @Test
    void actionsOfAProjectComeAndGoWithIt() {
        Actions project = new Actions();
        project.register(action("tune", "Tune this project"));
        Subscription open = actions.include(project);
        assertThat(actions.find("tune").orElseThrow().words()).isEqualTo("Tune this project");
        project.register(action("later", "Registered later"));
        assertThat(actions.find("later")).isPresent();
        open.unsubscribe();
        assertThat(actions.find("later")).isEmpty();
        assertThat(actions.find("score")).isPresent();
        project.register(action("after", "After it was closed"));
        assertThat(actions.find("after")).isEmpty();
    }

    private Action action(String id, String words) {
        return new Action(id, words, Action.Place.WORK, null, new SimpleBooleanProperty(true), () -> done.add(id));
    }

    private List<String> ids() {
        return palette.found().stream().map(Action::id).toList();
    }
}
