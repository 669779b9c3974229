package io.mrq.autoconfigure.task;

import jakarta.validation.Validator;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.TypeBindings;

/** Knows the types of tasks, and binds stored params to them. */
final class TaskBinding {
  private final JsonMapper json;
  private final Validator constraints;
  private final ParamsValidator validator;

  TaskBinding(JsonMapper json, Validator validator) {
    this.json = json;
    this.constraints = validator;
    this.validator = new ParamsValidator(validator);
  }

  /**
   * Returns a class with its type arguments, including those of its superclasses and interfaces.
   */
  JavaType type(Type declared) {
    return json.getTypeFactory().constructType(declared);
  }

  /**
   * Returns the type of the one parameter of a method, with all type variables resolved as they are
   * in a class that may have inherited the method.
   */
  JavaType parameter(Type declared, Method method) {
    JavaType owner = type(declared).findSuperType(method.getDeclaringClass());
    TypeBindings variables = owner == null ? TypeBindings.emptyBindings() : owner.getBindings();
    return json.getTypeFactory().resolveMemberType(method.getGenericParameterTypes()[0], variables);
  }

  ParamsBinding params(JavaType type) {
    return new ParamsBinding(json, validator, type, new ParamsSchema(json, constraints));
  }
}
