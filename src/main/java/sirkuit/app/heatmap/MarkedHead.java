package sirkuit.app.heatmap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import sirkuit.Problem;
import sirkuit.app.look.Words;
import sirkuit.mask.Head;

/// A head on which somebody put a mark.
///
/// @param locked whether strategies leave it as it is
/// @param note   empty for none
public record MarkedHead(Head head, boolean locked, String note) {
    /// All of them, by layer and head.
    public static List<MarkedHead> all(Set<Head> locked, SortedMap<Head, String> notes) {
        TreeSet<Head> heads = new TreeSet<>(locked);
        heads.addAll(notes.keySet());
        List<MarkedHead> all = new ArrayList<>();
        for (Head head : heads) {
            all.add(new MarkedHead(head, locked.contains(head), notes.getOrDefault(head, "")));
        }
        return all;
    }

    /// Notes as a project keeps them; what names no head is left out.
    static SortedMap<Head, String> byHead(Map<String, String> notes) {
        SortedMap<Head, String> all = new TreeMap<>();
        notes.forEach((name, text) -> {
            try {
                all.put(Head.parse(name), text);
            } catch (Problem noHead) {
                // somebody else wrote the file; the note stays in it
            }
        });
        return all;
    }

    /// As the margins of the heatmap name it.
    public String name() {
        return "L" + head.layer() + " H" + head.head();
    }

    /// In one line.
    public String words() {
        String one = note.strip().replaceAll("\\s+", " ");
        return !locked
                ? one
                : one.isEmpty() ? Words.of("relevance.marks.locked") : Words.of("relevance.marks.both", one);
    }
}
