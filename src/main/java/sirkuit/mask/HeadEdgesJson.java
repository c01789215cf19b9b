package sirkuit.mask;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import sirkuit.NullForNaN;

/// [HeadEdges] in JSON: [L][H][L][H], source first, 0 where there is no edge, null where one was not measured. The full
/// array is never held in memory.
final class HeadEdgesJson {
    private HeadEdgesJson() {}

    /// Writes the triangle as the full array.
    static final class Writer extends JsonSerializer<HeadEdges> {
        @Override
        public void serialize(HeadEdges edges, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeStartArray();
            for (int l = 0; l < edges.layers(); l++) {
                out.writeStartArray();
                for (int h = 0; h < edges.heads(); h++) {
                    source(edges, new Head(l, h), out);
                }
                out.writeEndArray();
            }
            out.writeEndArray();
        }

        private static void source(HeadEdges edges, Head from, JsonGenerator out) throws IOException {
            out.writeStartArray();
            for (int l = 0; l < edges.layers(); l++) {
                out.writeStartArray();
                for (int h = 0; h < edges.heads(); h++) {
                    double value = edges.at(from, new Head(l, h));
                    if (Double.isFinite(value)) {
                        out.writeNumber(value);
                    } else {
                        out.writeNull();
                    }
                }
                out.writeEndArray();
            }
            out.writeEndArray();
        }
    }

    /// Reads the full array and keeps what is above the diagonal.
    static final class Reader extends JsonDeserializer<HeadEdges> {
        @Override
        public HeadEdges deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return new Reading(in, context).all();
        }
    }

    /// One reading. The numbers of layers and heads are those of the first source; all others must have the same.
    private static final class Reading {
        private final JsonParser in;
        private final DeserializationContext context;
        private final List<double[]> rows = new ArrayList<>();
        private int layers = -1;
        private int heads = -1;

        Reading(JsonParser in, DeserializationContext context) {
            this.in = in;
            this.context = context;
        }

        HeadEdges all() throws IOException {
            begin();
            int layer = 0;
            while (in.nextToken() != JsonToken.END_ARRAY) {
                begin();
                int before = rows.size();
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    rows.add(source(layer));
                }
                same(rows.size() - before, heads);
                layer++;
            }
            same(layer, layers);
            return new HeadEdges(layers, heads, rows.toArray(double[][]::new));
        }

        /// What leaves one head of a layer.
        private double[] source(int layer) throws IOException {
            begin();
            List<double[]> later = new ArrayList<>();
            int target = 0;
            while (in.nextToken() != JsonToken.END_ARRAY) {
                begin();
                double[] values = NullForNaN.Reader.row(in, context);
                heads = heads < 0 ? values.length : heads;
                same(values.length, heads);
                if (target > layer) {
                    later.add(values);
                }
                target++;
            }
            layers = layers < 0 ? target : layers;
            same(target, layers);
            double[] row = new double[later.size() * heads];
            for (int i = 0; i < later.size(); i++) {
                System.arraycopy(later.get(i), 0, row, i * heads, heads);
            }
            return row;
        }

        private void begin() throws IOException {
            if (!in.isExpectedStartArrayToken()) {
                context.handleUnexpectedToken(HeadEdges.class, in);
            }
        }

        private void same(int found, int wanted) throws IOException {
            if (found != wanted || found < 1) {
                context.reportInputMismatch(HeadEdges.class, "%d entries instead of %d", found, wanted);
            }
        }
    }
}
