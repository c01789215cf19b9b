package sirkuit.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import sirkuit.Json;
import sirkuit.UsesEngine;
import sirkuit.device.Backend;

/// Against torch.optim.AdamW (src/test/python/make_adamw_reference.py).
@UsesEngine
class AdamWTest {
    private static Slice slice(String name, NDArray value, boolean matrix) {
        value.setRequiresGradient(true);
        return new Slice(name, Slice.Layout.WHOLE, new Slice.Region.Whole(), value, matrix, false);
    }

    private static float[] numbers(JsonNode node) {
        float[] all = new float[node.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = node.get(i).floatValue();
        }
        return all;
    }

    /// Makes these the gradients: of the sum of values times gradients.
    private static void gradients(NDManager manager, List<Slice> slices, JsonNode given) {
        try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            Objects.requireNonNull(collector);
            for (int i = 0; i < slices.size(); i++) {
                NDArray value = slices.get(i).value();
                NDArray loss = value.mul(manager.create(numbers(given.get(i)), value.getShape()))
                        .sum();
                JniUtils.backward((PtNDArray) loss, (PtNDArray) manager.ones(loss.getShape()), false, false);
            }
        }
    }

    @Test
    void stepsWithDecayClippingAndAChangingRateAreThoseOfPyTorch() throws IOException {
        JsonNode reference;
        try (InputStream in = AdamWTest.class.getResourceAsStream("adamw.json")) {
            reference = Json.MAPPER.readTree(in);
        }
        JsonNode start = reference.get("start");
        try (NDManager manager = Backend.start("cpu", 1).newManager()) {
            List<Slice> slices = List.of(
                    slice("matrix", manager.create(numbers(start.get(0)), new Shape(3, 5)), true),
                    slice("vector", manager.create(numbers(start.get(1))), false));
            AdamW optimizer = new AdamW(
                    manager,
                    slices,
                    reference.get("decay").doubleValue(),
                    reference.get("clip").doubleValue());
            int clipped = 0;
            for (JsonNode step : reference.get("steps")) {
                gradients(manager, slices, step.get("gradients"));
                double norm = optimizer.step(step.get("rate").doubleValue());
                assertThat(norm).isCloseTo(step.get("norm").doubleValue(), Offset.offset(1e-5));
                clipped += norm > reference.get("clip").doubleValue() ? 1 : 0;
                for (int i = 0; i < slices.size(); i++) {
                    assertThat(slices.get(i).value().toFloatArray())
                            .containsExactly(numbers(step.get("values").get(i)), Offset.offset(2e-6f));
                }
            }
            assertThat(clipped).as("steps that were clipped").isBetween(1, 4);
        }
    }

    @Test
    void aGradientThatIsNotANumberChangesNothingAndIsGoneAfterwards() {
        try (NDManager manager = Backend.start("cpu", 1).newManager()) {
            List<Slice> slices = List.of(slice("vector", manager.create(new float[] {1, -2}), false));
            AdamW optimizer = new AdamW(manager, slices, 0.1, 1);
            gradients(manager, slices, Json.MAPPER.valueToTree(new float[][] {{3, Float.NaN}}));
            assertThat(optimizer.step(0.1)).isNaN();
            assertThat(slices.getFirst().value().toFloatArray()).containsExactly(1, -2);
            gradients(manager, slices, Json.MAPPER.valueToTree(new float[][] {{3, 4}}));
            assertThat(optimizer.step(0.1)).isCloseTo(5, Offset.offset(1e-6));
            // the first step that counts goes a whole learning rate against the sign
            assertThat(slices.getFirst().value().toFloatArray())
                    .containsExactly(new float[] {0.9f, -2.1f}, Offset.offset(1e-6f));
        }
    }

    /// Written out in double: the gradient is g + α (w - w₀), then it is clipped; a vector has no weight decay.
    @Test
    void thePenaltyOfL2spIsAddedBeforeClipping() {
        double pull = 4;
        double clip = 1.5;
        double rate = 0.1;
        double[][] given = {{3, -4, 0}, {0, 0, 0}, {0.1, 0.2, -0.1}, {0, 0, 0}};
        double[] start = {1, -2, 0.5};
        double[] w = start.clone();
        double[] m = new double[3];
        double[] v = new double[3];
        try (NDManager manager = Backend.start("cpu", 1).newManager()) {
            List<Slice> slices = List.of(slice("vector", manager.create(new float[] {1, -2, 0.5f}), false));
            AdamW optimizer = new AdamW(manager, slices, 0.1, clip, pull);
            for (int step = 1; step <= given.length; step++) {
                double[] g = new double[3];
                double squares = 0;
                for (int i = 0; i < 3; i++) {
                    g[i] = given[step - 1][i] + pull * (w[i] - start[i]);
                    squares += g[i] * g[i];
                }
                double norm = Math.sqrt(squares);
                for (int i = 0; i < 3; i++) {
                    double clipped = norm > clip ? g[i] * clip / (norm + 1e-6) : g[i];
                    m[i] = 0.9 * m[i] + 0.1 * clipped;
                    v[i] = 0.999 * v[i] + 0.001 * clipped * clipped;
                    double size = Math.sqrt(v[i] / (1 - Math.pow(0.999, step))) + 1e-8;
                    w[i] -= rate * m[i] / (1 - Math.pow(0.9, step)) / size;
                }
                gradients(manager, slices, Json.MAPPER.valueToTree(new double[][] {given[step - 1]}));
                assertThat(optimizer.step(rate)).isCloseTo(norm, Offset.offset(1e-5));
                assertThat(slices.getFirst().value().toFloatArray())
                        .containsExactly(new float[] {(float) w[0], (float) w[1], (float) w[2]}, Offset.offset(2e-6f));
            }
        }
    }
}
