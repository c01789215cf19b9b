package sirkuit.checkpoint.tokenizer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The tokenizer classes of transformers 5 that read `tokenizer.json` for the families known here. All but the first
/// two build their tokenizer from its vocabulary, with their own settings and defaults.
///
/// @see "transformers, models/auto/tokenization_auto.py: how the class is chosen"
enum TokenizerKind {
    /// `PreTrainedTokenizerFast`: the file as it is.
    BACKEND(false),
    /// A class that is none of these; the file as it is, with a note.
    OTHER(false),
    BERT(true, "unk", "[UNK]", "sep", "[SEP]", "pad", "[PAD]", "cls", "[CLS]", "mask", "[MASK]"),
    DISTILBERT(false, "unk", "[UNK]", "sep", "[SEP]", "pad", "[PAD]", "cls", "[CLS]", "mask", "[MASK]"),
    ROBERTA(
            false, "bos", "<s>", "eos", "</s>", "unk", "<unk>", "sep", "</s>", "pad", "<pad>", "cls", "<s>", "mask",
            "<mask>"),
    XLM_ROBERTA(
            false, "bos", "<s>", "eos", "</s>", "unk", "<unk>", "sep", "</s>", "pad", "<pad>", "cls", "<s>", "mask",
            "<mask>"),
    GPT2(false, "bos", "<|endoftext|>", "eos", "<|endoftext|>", "unk", "<|endoftext|>"),
    LLAMA(false, "bos", "<s>", "eos", "</s>", "unk", "<unk>"),
    QWEN2(false, "eos", "<|endoftext|>", "unk", "<|endoftext|>", "pad", "<|endoftext|>"),
    GEMMA(false, "bos", "<bos>", "eos", "<eos>", "unk", "<unk>", "pad", "<pad>", "mask", "<mask>");

    /// Named special tokens, in the order in which transformers adds them.
    static final List<String> NAMED = List.of("bos", "eos", "unk", "sep", "pad", "cls", "mask");

    private static final Map<String, TokenizerKind> CLASSES = Map.ofEntries(
            Map.entry("TokenizersBackend", BACKEND),
            Map.entry("PreTrainedTokenizer", BACKEND),
            Map.entry("BertTokenizer", BERT),
            Map.entry("ConvBertTokenizer", BERT),
            Map.entry("ElectraTokenizer", BERT),
            Map.entry("LxmertTokenizer", BERT),
            Map.entry("MobileBertTokenizer", BERT),
            Map.entry("SqueezeBertTokenizer", BERT),
            Map.entry("DistilBertTokenizer", DISTILBERT),
            Map.entry("RobertaTokenizer", ROBERTA),
            Map.entry("BartTokenizer", ROBERTA),
            Map.entry("LEDTokenizer", ROBERTA),
            Map.entry("MvpTokenizer", ROBERTA),
            Map.entry("XLMRobertaTokenizer", XLM_ROBERTA),
            Map.entry("GPT2Tokenizer", GPT2),
            Map.entry("LlamaTokenizer", LLAMA),
            Map.entry("Qwen2Tokenizer", QWEN2),
            Map.entry("GemmaTokenizer", GEMMA));

    /// The class that transformers uses for a family by default.
    private static final Map<String, TokenizerKind> OF_FAMILY = Map.ofEntries(
            Map.entry("bert", BERT),
            Map.entry("distilbert", BERT),
            Map.entry("roberta", ROBERTA),
            Map.entry("xlm-roberta", XLM_ROBERTA),
            Map.entry("gpt2", GPT2),
            Map.entry("qwen2", QWEN2),
            Map.entry("qwen3", QWEN2),
            Map.entry("gemma2", GEMMA),
            Map.entry("gemma3_text", GEMMA));

    /// Families for which transformers 5 uses its own class, whatever the folder says.
    private static final Set<String> ALWAYS_OWN = Set.of("qwen2", "modernbert", "mistral");

    /// Classes that are Python programs, without a `tokenizer.json`.
    private static final Set<String> PYTHON = Set.of(
            "BartphoTokenizer",
            "BertGenerationTokenizer",
            "BertJapaneseTokenizer",
            "BertweetTokenizer",
            "BioGptTokenizer",
            "BlenderbotSmallTokenizer",
            "ByT5Tokenizer",
            "CTRLTokenizer",
            "CanineTokenizer",
            "CharacterTokenizer",
            "CpmAntTokenizer",
            "CpmTokenizer",
            "EsmTokenizer",
            "FSMTTokenizer",
            "FlaubertTokenizer",
            "GPTNeoXJapaneseTokenizer",
            "GPTSw3Tokenizer",
            "M2M100Tokenizer",
            "MarianTokenizer",
            "MecabTokenizer",
            "MyT5Tokenizer",
            "PLBartTokenizer",
            "PerceiverTokenizer",
            "PhobertTokenizer",
            "ProphetNetTokenizer",
            "RoCBertTokenizer",
            "TapasTokenizer",
            "XLMTokenizer");

    /// Classes of transformers that build a tokenizer in their own way; [#OTHER] here. A name that transformers
    /// does not know means [#BACKEND] there.
    private static final Set<String> BUILT = Set.of(
            "AlbertTokenizer",
            "BarthezTokenizer",
            "BigBirdTokenizer",
            "BlenderbotTokenizer",
            "CLIPTokenizer",
            "CamembertTokenizer",
            "CodeGenTokenizer",
            "CodeLlamaTokenizer",
            "CohereTokenizer",
            "DebertaTokenizer",
            "DebertaV2Tokenizer",
            "FNetTokenizer",
            "FunnelTokenizer",
            "GPTNeoXTokenizer",
            "HerbertTokenizer",
            "LukeTokenizer",
            "MBart50Tokenizer",
            "MBartTokenizer",
            "MPNetTokenizer",
            "NllbTokenizer",
            "OpenAIGPTTokenizer",
            "PegasusTokenizer",
            "Qwen3_5Tokenizer",
            "ReformerTokenizer",
            "RemBertTokenizer",
            "RoFormerTokenizer",
            "SplinterTokenizer",
            "T5Tokenizer",
            "XGLMTokenizer",
            "XLNetTokenizer");

    private final boolean types;
    private final Map<String, String> specials = new LinkedHashMap<>();

    TokenizerKind(boolean types, String... specials) {
        this.types = types;
        for (int i = 0; i < specials.length; i += 2) {
            this.specials.put(specials[i], specials[i + 1]);
        }
    }

    /// Whether it is built from the vocabulary, so that its settings come from `tokenizer_config.json` and its
    /// own defaults.
    boolean rebuilt() {
        return this != BACKEND && this != OTHER;
    }

    /// Whether it gives token types if `model_input_names` does not say so.
    boolean types() {
        return types;
    }

    /// Its default special tokens, by their short names (`cls` for `cls_token`).
    Map<String, String> specials() {
        return specials;
    }

    boolean wordPiece() {
        return this == BERT || this == DISTILBERT;
    }

    /// The type of the model that it builds.
    String model() {
        return wordPiece() ? "WordPiece" : this == XLM_ROBERTA ? "Unigram" : "BPE";
    }

    boolean byteLevel() {
        return this == ROBERTA || this == GPT2;
    }

    /// The class's name in transformers 5.
    String className() {
        return CLASSES.entrySet().stream()
                .filter(e -> e.getValue() == this)
                .map(Map.Entry::getKey)
                .filter(name -> name.toLowerCase(java.util.Locale.ROOT)
                        .startsWith(name().replace("_", "").toLowerCase(java.util.Locale.ROOT)))
                .findFirst()
                .orElse("TokenizersBackend");
    }

    /// Whether a class is a Python program that cannot be run here.
    static boolean isPython(String className) {
        return PYTHON.contains(plain(className));
    }

    /// Chooses the class as transformers' `AutoTokenizer` does.
    ///
    /// @param family  `model_type`
    /// @param written `tokenizer_class` of tokenizer_config.json, or else of config.json; null when neither has one
    static TokenizerKind of(String family, @Nullable String written) {
        TokenizerKind own = OF_FAMILY.getOrDefault(family, BACKEND);
        if (written == null || ALWAYS_OWN.contains(family)) {
            return own;
        }
        String name = plain(written);
        if (BUILT.contains(name)) {
            return OTHER;
        }
        return CLASSES.getOrDefault(name, BACKEND);
    }

    private static String plain(String className) {
        return className.endsWith("Fast") ? className.substring(0, className.length() - 4) : className;
    }
}
