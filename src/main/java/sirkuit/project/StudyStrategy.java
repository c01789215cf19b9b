package sirkuit.project;

import org.jspecify.annotations.Nullable;
import sirkuit.Json;
import sirkuit.Problem;
import sirkuit.mask.HeadMask;
import sirkuit.mask.MaskStrategy;

/// What a study's run trains.
///
/// @param name         such as `top-12 cdt`; names a folder
/// @param what         the heads of a mask, or everything
/// @param heads        the mask; null with [RunConfig.Trained#FULL] and for random heads
/// @param random       heads that each seed draws anew; null where they are given
/// @param norms        whether the norms are trained too
/// @param learningRate peak of the schedule
public record StudyStrategy(
        String name,
        RunConfig.Trained what,
        @Nullable HeadMask heads,
        @Nullable RandomHeads random,
        boolean norms,
        double learningRate) {
    /// @param k      how many
    /// @param layers of the model
    /// @param heads  of a layer
    public record RandomHeads(int k, int layers, int heads) {}

    /// @throws Problem when it does not say which heads
    public StudyStrategy {
        StudyPlan.requireFolderName(Json.given(name, "name"));
        Json.given(what, "what");
        if (what == RunConfig.Trained.MASK && (heads == null) == (random == null)) {
            throw new Problem("The strategy " + name + " does not say which heads it trains.", "Give heads or random.");
        }
    }

    /// @return null when everything is trained
    @Nullable
    HeadMask mask(long seed) {
        if (random != null) {
            return new MaskStrategy.RandomK(random.k, seed).draw(random.layers, random.heads);
        }
        return heads;
    }
}
