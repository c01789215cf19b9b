package sirkuit.app.work;

import sirkuit.app.look.Words;
import sirkuit.protocol.Event;

/// The state of the engine, for the chip in the header.
public sealed interface EngineState {
    /// A word or two.
    String words();

    /// A sentence for the tooltip.
    String sentence();

    /// Not requested yet, or starting.
    record Starting() implements EngineState {
        @Override
        public String words() {
            return Words.of("work.starting");
        }

        @Override
        public String sentence() {
            return Words.of("work.starting.more");
        }
    }

    /// Ready for work.
    record Ready(Event.Ready facts) implements EngineState {
        @Override
        public String words() {
            return Words.of(
                    "work.ready",
                    facts.device().startsWith("cuda") ? facts.device().replace("cuda", "GPU") : "CPU");
        }

        @Override
        public String sentence() {
            return Words.of(
                    "work.ready.more",
                    facts.version(),
                    facts.device(),
                    facts.threads(),
                    facts.backend(),
                    String.valueOf(facts.pid()));
        }
    }

    /// Stopped, and not restarted automatically.
    record Stopped(String reason) implements EngineState {
        @Override
        public String words() {
            return Words.of("work.stopped");
        }

        @Override
        public String sentence() {
            return reason;
        }
    }
}
