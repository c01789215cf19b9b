package sirkuit.app.session;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sirkuit.app.look.Numbers;
import sirkuit.app.look.Words;
import sirkuit.app.work.EngineState;
import sirkuit.protocol.Event;

/// Facts about the engine, for its panel.
public final class EngineFacts {
    private EngineFacts() {}

    /// Names and values, in the order in which they are shown.
    public static Map<String, String> of(EngineState state, Event.@Nullable Memory memory) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(Words.of("engine.state"), state.words());
        if (state instanceof EngineState.Ready(Event.Ready ready)) {
            facts.put(Words.of("engine.device"), ready.device());
            facts.put(Words.of("engine.threads"), Numbers.count(ready.threads()));
            facts.put(Words.of("engine.backend"), ready.backend());
            facts.put(Words.of("engine.version"), ready.version());
            facts.put(Words.of("engine.process"), String.valueOf(ready.pid()));
            facts.put(Words.of("engine.memory"), memory(memory));
        } else {
            facts.put(Words.of("engine.reason"), state.sentence());
        }
        return facts;
    }

    private static String memory(Event.@Nullable Memory memory) {
        return memory == null
                ? Words.of("engine.memory.unknown")
                : Words.of("engine.memory.known", bytes(memory.used()), bytes(memory.peak()), bytes(memory.free()));
    }

    /// `512 MB`, `1.4 GB`; a dash if it is not known.
    static String bytes(long count) {
        if (count < 0) {
            return "–";
        }
        return count < 1_000_000_000
                ? Numbers.count(Math.round(count / 1e6)) + " MB"
                : Numbers.decimal(count / 1e9, 1) + " GB";
    }
}
