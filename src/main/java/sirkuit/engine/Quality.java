package sirkuit.engine;

/// How well a checkpoint does on held-out texts.
///
/// @param examples  number of texts
/// @param accuracy  share of right answers, 0 to 1
/// @param macroF1   F1 averaged over the classes that occur
/// @param loss      mean cross-entropy, in nats
/// @param confusion [gold class][predicted class], counts
public record Quality(int examples, double accuracy, double macroF1, double loss, int[][] confusion) {}
