package dev.greenlight.counterpart;

import java.lang.reflect.Method;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * The terms on which a counterpart is held to a contract: a live account is written to only if that was asked for, and a clause from
 * which a counterpart departs is tried all the same, so that a departure that is over, or hides another failure, makes itself known.
 */
public final class ContractTerms implements InvocationInterceptor {

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> clause, ExtensionContext context)
            throws Throwable {
        Counterpart counterpart = ((Contract) context.getRequiredTestInstance()).counterpart();
        Method method = clause.getExecutable();
        hold(invocation, mayTry(counterpart, method), Departures.of(counterpart, method));
    }

    /** What was never written needs no one to tidy up. */
    @Override
    public void interceptAfterEachMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> tidying, ExtensionContext context)
            throws Throwable {
        Counterpart counterpart = ((Contract) context.getRequiredTestInstance()).counterpart();
        if (counterpart == Counterpart.LIVE && !LiveAccount.mayWrite()) {
            invocation.skip();
        } else {
            invocation.proceed();
        }
    }

    private static boolean mayTry(Counterpart counterpart, Method clause) {
        return counterpart != Counterpart.LIVE || LiveAccount.mayWrite() || clause.isAnnotationPresent(Reads.class);
    }

    static void hold(Invocation<Void> invocation, boolean mayTry, Optional<Departure> known) throws Throwable {
        if (!mayTry) {
            invocation.skip();
            throw new TestAbortedException(LiveAccount.READ_ONLY);
        }
        if (known.isEmpty()) {
            invocation.proceed();
        } else {
            expectFailure(invocation, known.get());
        }
    }

    private static void expectFailure(Invocation<Void> invocation, Departure known) throws Throwable {
        try {
            invocation.proceed();
        } catch (TestAbortedException skipped) {
            throw skipped;
        } catch (AssertionError | RuntimeException failed) {
            if (!String.valueOf(failed.getMessage()).contains(known.symptom())) {
                throw failed;
            }
            throw new TestAbortedException(known.toString(), failed);
        }
        throw new AssertionFailedError("%s does by now what \"%s\" says: take this clause out of Departures"
                .formatted(known.counterpart(), known.page()));
    }
}
