package sirkuit.dataset.table;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;
import sirkuit.NativeFolder;

/// The compression codecs that Parquet files of texts use. The library's own codecs need Hadoop's. These check that a
/// page has the length it states.
final class ParquetCodecs implements CompressionCodecFactory {
    /// A longer page is not one of a sound file: writers make them of a megabyte.
    private static final int LONGEST_PAGE = 1 << 30;

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        throw new UnsupportedOperationException("nothing is written");
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        NativeFolder.prepare(); // two of them are native
        return switch (codec) {
            case UNCOMPRESSED -> new Pages((bytes, size) -> bytes);
            case SNAPPY -> new Pages(ParquetCodecs::snappy);
            case ZSTD -> new Pages(ParquetCodecs::zstd);
            case GZIP -> new Pages(ParquetCodecs::gzip);
            default ->
                throw new UnsupportedOperationException(
                        "its compression " + codec + " is not supported (snappy, zstd and gzip are)");
        };
    }

    private static byte[] snappy(byte[] bytes, int size) throws IOException {
        if (Snappy.uncompressedLength(bytes) != size) {
            throw new IOException("a page is not as long as it says");
        }
        return Snappy.uncompress(bytes);
    }

    private static byte[] zstd(byte[] bytes, int size) {
        return Zstd.decompress(bytes, size);
    }

    private static byte[] gzip(byte[] bytes, int size) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readNBytes(size + 1);
        }
    }

    private interface Codec {
        byte[] decompress(byte[] bytes, int size) throws IOException;
    }

    private record Pages(Codec codec) implements BytesInputDecompressor {
        @Override
        public BytesInput decompress(BytesInput bytes, int size) throws IOException {
            return BytesInput.from(page(bytes.toByteArray(), size));
        }

        private byte[] page(byte[] bytes, int size) throws IOException {
            if (size < 0 || size > LONGEST_PAGE) {
                throw new IOException("a page of " + size + " bytes");
            }
            byte[] page = codec.decompress(bytes, size);
            if (page.length != size) {
                throw new IOException("a page is not as long as it says");
            }
            return page;
        }

        @Override
        public void decompress(ByteBuffer input, int compressedSize, ByteBuffer output, int size) throws IOException {
            byte[] bytes = new byte[compressedSize];
            input.get(bytes);
            output.put(page(bytes, size));
        }

        @Override
        public void release() {}
    }

    @Override
    public void release() {}
}
