package dev.upstream.lab;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands a test the Lab, its cluster east, or a Witness; the lab starts once for a whole run and
 * ends with it.
 */
public final class LabExtension implements ParameterResolver {
  private static final Namespace SPACE = Namespace.create(LabExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Lab.class || type == LabCluster.class || type == Witness.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    if (type == Witness.class) {
      return new Witness(
          context.getRequiredTestClass().getSimpleName()
              + context.getTestMethod().map(method -> "." + method.getName()).orElse(""));
    }
    Lab lab =
        context
            .getRoot()
            .getStore(SPACE)
            .getOrComputeIfAbsent(Lab.class, key -> begin(), Lab.class);
    return type == Lab.class ? lab : lab.east();
  }

  private static Lab begin() {
    return new Lab();
  }
}
