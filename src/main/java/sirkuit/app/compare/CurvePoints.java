package sirkuit.app.compare;

import java.util.List;
import sirkuit.app.causal.CausalModel;
import sirkuit.project.KeptCurve;
import sirkuit.protocol.Event.Judged.JudgedAccuracy;

/// The points of a curve as the project keeps them, and as the window shows them.
final class CurvePoints {
    private CurvePoints() {}

    static KeptCurve.Point kept(CurveModel.Point point) {
        CausalModel.Check check = point.check();
        return new KeptCurve.Point(
                point.k(),
                kept(check.whole()),
                kept(check.keepOnly()),
                kept(check.remove()),
                check.keepDraws().stream().map(CurvePoints::kept).toList(),
                check.removeDraws().stream().map(CurvePoints::kept).toList());
    }

    static CurveModel.Point shown(KeptCurve.Point point) {
        return new CurveModel.Point(
                point.heads(),
                new CausalModel.Check(
                        shown(point.whole()),
                        shown(point.keepOnly()),
                        shown(point.remove()),
                        shown(point.randomKeep()),
                        shown(point.randomRemove())));
    }

    private static List<JudgedAccuracy> shown(List<KeptCurve.Accuracy> draws) {
        return draws.stream().map(CurvePoints::shown).toList();
    }

    private static KeptCurve.Accuracy kept(JudgedAccuracy a) {
        return new KeptCurve.Accuracy(a.examples(), a.accuracy(), a.low(), a.high(), a.margin(), a.marginError());
    }

    private static JudgedAccuracy shown(KeptCurve.Accuracy a) {
        return new JudgedAccuracy(a.examples(), a.accuracy(), a.low(), a.high(), a.margin(), a.marginError());
    }
}
