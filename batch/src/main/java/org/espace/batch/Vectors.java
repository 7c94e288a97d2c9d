package org.espace.batch;

import static org.duckdb.DuckDBColumnType.BIGINT;
import static org.duckdb.DuckDBColumnType.DATE;
import static org.duckdb.DuckDBColumnType.INTEGER;
import static org.duckdb.DuckDBColumnType.SMALLINT;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.ByteBuffer;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBReadableVector;
import org.duckdb.DuckDBWritableVector;

/**
 * Copies columns between arrays and DuckDB's vectors, whole. The driver offers one value at a time, and takes a lock for
 * each that is written, which for all columns costs more than rating the line. The memory behind a vector is a private
 * field of the driver's; a driver that keeps it elsewhere stops the first copy. Dates are days since 1970.
 */
public final class Vectors {

    private static final MethodHandle READ = field(DuckDBReadableVector.class, "data");
    private static final MethodHandle READ_VALID = field(DuckDBReadableVector.class, "validity");
    private static final MethodHandle WRITTEN = field(DuckDBWritableVector.class, "data");
    private static final MethodHandle WRITTEN_VALID = field(DuckDBWritableVector.class, "validity");
    private static final byte EIGHT_VALID = -1;

    private Vectors() {}

    private static MethodHandle field(Class<?> vector, String name) {
        try {
            return MethodHandles.privateLookupIn(vector, MethodHandles.lookup())
                    .findGetter(vector, name, ByteBuffer.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    public static void read(DuckDBReadableVector from, int[] to, int size) {
        requireType(from.getType(), from.getType() == DATE ? DATE : INTEGER);
        MemorySegment.copy(memory(from, size), ValueLayout.JAVA_INT_UNALIGNED, 0, to, 0, size);
    }

    public static void read(DuckDBReadableVector from, long[] to, int size) {
        requireType(from.getType(), BIGINT);
        MemorySegment.copy(memory(from, size), ValueLayout.JAVA_LONG_UNALIGNED, 0, to, 0, size);
    }

    public static void read(DuckDBReadableVector from, short[] to, int size) {
        requireType(from.getType(), SMALLINT);
        MemorySegment.copy(memory(from, size), ValueLayout.JAVA_SHORT_UNALIGNED, 0, to, 0, size);
    }

    public static void write(int[] from, int first, DuckDBWritableVector to, int size) {
        requireType(to.getType(), to.getType() == DATE ? DATE : INTEGER);
        MemorySegment.copy(from, first, memory(to), ValueLayout.JAVA_INT_UNALIGNED, 0, size);
    }

    public static void write(long[] from, int first, DuckDBWritableVector to, int size) {
        requireType(to.getType(), BIGINT);
        MemorySegment.copy(from, first, memory(to), ValueLayout.JAVA_LONG_UNALIGNED, 0, size);
    }

    public static void write(short[] from, int first, DuckDBWritableVector to, int size) {
        requireType(to.getType(), SMALLINT);
        MemorySegment.copy(from, first, memory(to), ValueLayout.JAVA_SHORT_UNALIGNED, 0, size);
    }

    /** Else numbers of another width would be taken for these. */
    private static void requireType(DuckDBColumnType type, DuckDBColumnType required) {
        if (type != required) {
            throw new IllegalArgumentException("the column is %s, not %s".formatted(type, required));
        }
    }

    private static MemorySegment memory(DuckDBReadableVector vector, int size) {
        if (buffer(READ_VALID, vector) != null) {
            for (var i = 0; i < size; i++) {
                if (vector.isNull(i)) {
                    throw new IllegalArgumentException("a value is null");
                }
            }
        }
        return MemorySegment.ofBuffer(buffer(READ, vector));
    }

    /** All values of the vector count from now on; before, none does. */
    private static MemorySegment memory(DuckDBWritableVector vector) {
        MemorySegment.ofBuffer(buffer(WRITTEN_VALID, vector)).fill(EIGHT_VALID);
        return MemorySegment.ofBuffer(buffer(WRITTEN, vector));
    }

    private static ByteBuffer buffer(MethodHandle field, DuckDBReadableVector vector) {
        try {
            return (ByteBuffer) field.invokeExact(vector);
        } catch (Throwable e) {
            throw new IllegalStateException("the driver hides its columns", e);
        }
    }

    private static ByteBuffer buffer(MethodHandle field, DuckDBWritableVector vector) {
        try {
            return (ByteBuffer) field.invokeExact(vector);
        } catch (Throwable e) {
            throw new IllegalStateException("the driver hides its columns", e);
        }
    }
}
