package sirkuit.engine.worker;

import sirkuit.protocol.Request;

/// What goes first. Requests of the same urgency are handled in order. Work gives way, at its stop points, to
/// everything that is more urgent.
enum Urgency {
    /// Runs, scores and everything else that takes its turn.
    WORK,
    /// The check of the current mask, while the mask is edited.
    CHECK,
    /// What one head does, and leaving out words, which takes longer than an answer may.
    HEAD,
    /// The answer to a sentence.
    SENTENCE;

    static Urgency of(Request request) {
        return switch (request) {
            case Request.Explain e -> SENTENCE;
            case Request.WhatIf w -> SENTENCE;
            case Request.Attribute a -> a.leaveOut() ? HEAD : SENTENCE;
            case Request.Reach r -> HEAD;
            case Request.Examples e -> HEAD;
            case Request.Faithfulness f when f.slot() != null -> CHECK;
            default -> WORK;
        };
    }
}
