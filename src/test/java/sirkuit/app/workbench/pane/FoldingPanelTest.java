package sirkuit.app.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.Side;
import javafx.scene.layout.Region;
import org.junit.jupiter.api.Test;
import sirkuit.app.workbench.pane.FoldingPanel;
import sirkuit.app.workbench.pane.FoldingPanel.State;
import sirkuit.app.workbench.pane.FoldingPanels;

class FoldingPanelTest {
    private final BooleanProperty folded = new SimpleBooleanProperty();
    private final FoldingPanel left = panel(Side.LEFT, folded);
    private final FoldingPanel right = panel(Side.RIGHT, new SimpleBooleanProperty());
    private final FoldingPanels both = new FoldingPanels(left, right, (panel, state) -> {});

    private static FoldingPanel panel(Side side, BooleanProperty folded) {
        return new FoldingPanel(side, new Region(), panel -> new Region(), folded);
    }

    private void states(State ofLeft, State ofRight) {
        assertThat(left.state().get()).isEqualTo(ofLeft);
        assertThat(right.state().get()).isEqualTo(ofRight);
    }

    @Test
    void theyFoldOneAfterTheOtherAsTheWindowGetsNarrower() {
        both.fit(1440);
        states(State.BESIDE, State.BESIDE);
        both.fit(1100);
        states(State.FOLDED, State.BESIDE);
        both.fit(800);
        states(State.FOLDED, State.FOLDED);
        both.fit(1440);
        states(State.BESIDE, State.BESIDE);
        assertThat(folded.get()).isFalse();
    }

    @Test
    void inANarrowWindowOneOfThemOpensAboveTheMiddle() {
        both.fit(800);
        right.show();
        states(State.FOLDED, State.ABOVE);
        left.toggle();
        states(State.ABOVE, State.FOLDED);
        assertThat(both.close()).isTrue();
        states(State.FOLDED, State.FOLDED);
        assertThat(both.close()).isFalse();
    }

    @Test
    void whatTheUserHasFoldedStaysFoldedAndIsRemembered() {
        both.fit(1440);
        left.fold();
        states(State.FOLDED, State.BESIDE);
        assertThat(folded.get()).isTrue();
        both.fit(800);
        left.toggle();
        states(State.ABOVE, State.FOLDED);
        both.fit(1440);
        states(State.FOLDED, State.BESIDE);
        left.toggle();
        states(State.BESIDE, State.BESIDE);
        assertThat(folded.get()).isFalse();
    }
}
