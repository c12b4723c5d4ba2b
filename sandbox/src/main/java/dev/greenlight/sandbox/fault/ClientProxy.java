package dev.greenlight.sandbox.fault;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Sends the calls of a client through the faults. The conveniences of the SDK (builders as lambdas, paginators) run on the proxy,
 * so each request that they make is a call of its own.
 */
final class ClientProxy implements InvocationHandler {

    private final Faults faults;
    private final Class<?> type;
    private final Object client;
    private final String service;

    ClientProxy(Faults faults, Class<?> type, Object client) {
        this.faults = faults;
        this.type = type;
        this.client = client;
        this.service = service(type);
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        boolean call = arguments != null
                && arguments.length == 1
                && arguments[0] instanceof SdkRequest
                && !method.getName().endsWith("Paginator");
        if (call) {
            return through(method, (SdkRequest) arguments[0]);
        }
        boolean convenience = method.isDefault() && method.getDeclaringClass() == type;
        return convenience ? InvocationHandler.invokeDefault(proxy, method, arguments) : on(method, arguments);
    }

    private Object through(Method method, SdkRequest request) throws Throwable {
        Operation operation = Operation.of(request);
        Optional<AwsServiceException> refusal = faults.refusal(type, request);
        Faults.Admitted admitted = faults.admit(type, service, operation.name(), operation.resource(request));
        Object answer;
        try {
            if (refusal.isPresent()) {
                throw refusal.get();
            }
            answer = on(method, new Object[] {request});
        } catch (AwsServiceException refused) {
            admitted.refused(code(refused));
            throw refused;
        } catch (SdkClientException unanswered) {
            admitted.refused(SdkClientException.class.getSimpleName());
            throw unanswered;
        }
        admitted.answered();
        return answer;
    }

    private static String code(AwsServiceException error) {
        return error.awsErrorDetails() == null
                ? error.getClass().getSimpleName()
                : error.awsErrorDetails().errorCode();
    }

    private Object on(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(client, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** The name in the client's interface: not every implementation knows its own. */
    private static String service(Class<?> type) {
        String name;
        try {
            name = (String) type.getField("SERVICE_NAME").get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(type + " is no client of the SDK", e);
        }
        // The SDK calls CloudWatch by the name of its endpoint; IAM does not.
        return name.equals("monitoring") ? "cloudwatch" : name;
    }
}
