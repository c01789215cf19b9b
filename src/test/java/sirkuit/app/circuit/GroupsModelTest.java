package sirkuit.app.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sirkuit.app.mask.MaskModel;
import sirkuit.mask.Head;
import sirkuit.mask.HeadMask;
import sirkuit.project.HeadGroup;

class GroupsModelTest {
    private static final Head A = new Head(0, 0);
    private static final Head B = new Head(1, 1);

    private final MaskModel masks = new MaskModel();
    private final GroupsModel groups = new GroupsModel(masks);
    private final List<List<HeadGroup>> saved = new ArrayList<>();

    @BeforeEach
    void begin() {
        masks.begin(2, 2, new HeadMask(2, 2, List.of(A, B), "by hand"));
        groups.begin(List.of(), saved::add);
    }

    @Test
    void aGroupIsMadeOfTheHeadsThatWereSelectedForIt() {
        groups.choose(List.of(B));
        groups.make(" readers ");
        assertThat(groups.all()).containsExactly(new HeadGroup("readers", new TreeSet<>(List.of(B)), false));
        assertThat(groups.chosen()).isEmpty();
        assertThat(saved).containsExactly(groups.all());
    }

    @Test
    void withoutSuchHeadsItIsMadeOfTheMask() {
        groups.make("all");
        assertThat(groups.all().getFirst().heads()).containsExactly(A, B);
    }

    @Test
    void selectingSelectedHeadsDeselectsThem() {
        groups.choose(List.of(A, B));
        groups.choose(List.of(A));
        assertThat(groups.chosen()).containsExactly(B);
    }

    @Test
    void namesAreNeededAndDiffer() {
        groups.make("one");
        groups.make("one");
        groups.make(" ");
        assertThat(groups.all()).hasSize(1);
        assertThat(groups.objection("one", null)).isNotNull();
        assertThat(groups.objection("one", groups.all().getFirst())).isNull(); // its own
        assertThat(groups.objection("x".repeat(81), null)).isNotNull();
    }

    @Test
    void aGroupIsOpenedRenamedAndRemovedAndEachIsSaved() {
        groups.make("one");
        groups.toggle(groups.all().getFirst());
        assertThat(groups.all().getFirst().open()).isTrue();
        groups.rename(groups.all().getFirst(), "two");
        assertThat(groups.named("two")).isNotNull();
        groups.remove(groups.all().getFirst());
        assertThat(groups.all()).isEmpty();
        assertThat(saved).hasSize(4);
        assertThat(saved.getLast()).isEmpty();
    }

    @Test
    void usedAsMaskItReplacesTheMaskInOneStepOfUndo() {
        groups.choose(List.of(B));
        groups.make("readers");
        groups.useAsMask(groups.all().getFirst());
        assertThat(now().selected()).containsExactly(B);
        assertThat(groups.all().getFirst().open()).isTrue(); // or there would be one node to see
        masks.undo();
        assertThat(now().selected()).containsExactly(A, B);
    }

    @Test
    void headsThatTheModelDoesNotHaveAreLeftOutOfTheMask() {
        HeadGroup wide = new HeadGroup("wide", new TreeSet<>(List.of(A, new Head(7, 7))), false);
        HeadGroup other = new HeadGroup("other", new TreeSet<>(List.of(new Head(7, 7))), false);
        groups.begin(List.of(wide, other), saved::add);
        assertThat(groups.fits(other)).isFalse();
        groups.useAsMask(other);
        assertThat(now().selected()).containsExactly(A, B);
        groups.useAsMask(wide);
        assertThat(now().selected()).containsExactly(A);
    }

    private HeadMask now() {
        return Objects.requireNonNull(masks.mask().get());
    }
}
