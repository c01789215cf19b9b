package sirkuit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/// A test that loads a native library (libtorch, the tokenizers) into its own JVM. `mvn verify` runs it, and
/// `mvn test` does not ([decision 43](../../../../docs/decisions/0043-test-layers.md)).
@Tag("engine")
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface UsesEngine {}
