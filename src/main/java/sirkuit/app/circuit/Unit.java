package sirkuit.app.circuit;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import sirkuit.app.look.Words;
import sirkuit.mask.Head;

/// One thing that is drawn of a circuit.
public sealed interface Unit {
    /// Where all paths begin, and where they end.
    enum End implements Unit {
        WORDS,
        ANSWER
    }

    /// A head by itself.
    record Single(Head head) implements Unit {}

    /// A closed group: its heads that are in the circuit.
    record Group(String name, SortedSet<Head> members) implements Unit {
        public Group {
            members = Collections.unmodifiableSortedSet(new TreeSet<>(members));
        }
    }

    /// The heads in it; none for an end.
    default SortedSet<Head> heads() {
        return switch (this) {
            case End e -> Collections.emptySortedSet();
            case Single s -> new TreeSet<>(java.util.List.of(s.head));
            case Group g -> g.members;
        };
    }

    /// The first of its heads.
    ///
    /// @throws java.util.NoSuchElementException when it is an end
    default Head first() {
        return this instanceof Single s ? s.head : heads().first();
    }

    /// What it is called: `L2 H5`, or the name of the group.
    default String words() {
        return switch (this) {
            case End.WORDS -> Words.of("centre.circuit.words");
            case End.ANSWER -> Words.of("centre.circuit.answer");
            case Single s -> "L" + s.head.layer() + " H" + s.head.head();
            case Group g -> g.name;
        };
    }

    /// In files of numbers, the same in every language.
    default String plain() {
        return switch (this) {
            case End.WORDS -> "embedding";
            case End.ANSWER -> "answer";
            case Single s -> s.head.toString();
            case Group g -> g.name;
        };
    }
}
