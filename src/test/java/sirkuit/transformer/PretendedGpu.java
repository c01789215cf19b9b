package sirkuit.transformer;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;

/// An array on the CPU that says it is on a GPU. What is copied to the CPU gets a manager of its own, which stays open,
/// as DJL's JniUtils does it.
final class PretendedGpu {
    private static final Set<String> DERIVED = Set.of("flatten", "get", "reshape", "transpose", "sum");

    private PretendedGpu() {}

    static NDArray holding(NDArray array) {
        return (NDArray) Proxy.newProxyInstance(
                NDArray.class.getClassLoader(),
                new Class<?>[] {NDArray.class},
                (_, method, arguments) -> call(array, method, arguments));
    }

    private static Object call(NDArray array, Method method, Object[] arguments) throws Throwable {
        switch (method.getName()) {
            case "getDevice" -> {
                return Device.gpu();
            }
            case "toByteBuffer", "toFloatArray" -> throw new AssertionError("read without a copy on the CPU");
            case "toDevice" -> {
                NDManager own = array.getManager().newSubManager(Device.cpu());
                NDArray copy = array.duplicate();
                copy.attach(own);
                return copy;
            }
            default -> {
                try {
                    Object result = method.invoke(array, arguments);
                    return DERIVED.contains(method.getName()) ? holding((NDArray) result) : result;
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            }
        }
    }
}
