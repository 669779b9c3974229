package io.mrq.autoconfigure.task;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.bean.BeanDeserializer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells which types a mapper binds in the usual way. It asks for the deserializer that the mapper
 * would use, so whatever modules and annotations have changed is known.
 */
final class BindingForms {
  private static final String TYPE = BindingForms.class.getName();
  private static final String OF_JACKSON = "tools.jackson.databind.deser.";
  private static final String OF_POLYMORPHIC_TYPES = "TypeWrappedDeserializer";

  private final JsonMapper json;

  BindingForms(JsonMapper json) {
    this.json = json;
  }

  /** Whether a type is bound by Jackson itself, and not as one of several subtypes. */
  boolean isUsual(JavaType type) {
    try {
      Class<?> deserializer = deserializer(type).getClass();
      return deserializer.getName().startsWith(OF_JACKSON)
          && !deserializer.getSimpleName().equals(OF_POLYMORPHIC_TYPES);
    } catch (JacksonException _) {
      return false;
    }
  }

  /** Whether a type is bound from an object of its properties, and from nothing else. */
  boolean isObject(JavaType type) {
    try {
      ValueDeserializer<?> deserializer = deserializer(type);
      return deserializer.getClass() == BeanDeserializer.class
          && !hasOtherForms(((BeanDeserializer) deserializer).getValueInstantiator());
    } catch (JacksonException _) {
      return false;
    }
  }

  private static boolean hasOtherForms(ValueInstantiator creators) {
    return creators.canCreateFromString()
        || creators.canCreateFromInt()
        || creators.canCreateFromLong()
        || creators.canCreateFromDouble()
        || creators.canCreateFromBoolean()
        || creators.canCreateUsingDelegate()
        || creators.canCreateUsingArrayDelegate();
  }

  private ValueDeserializer<?> deserializer(JavaType type) {
    Found found = json.readerFor(Found.class).withAttribute(TYPE, type).readValue("0");
    return found.deserializer;
  }

  /** What {@link Question} has found. */
  @JsonDeserialize(using = Question.class)
  private record Found(ValueDeserializer<?> deserializer) {}

  /** Asks the context, which only a deserializer gets. */
  static final class Question extends ValueDeserializer<Found> {
    @Override
    public Found deserialize(JsonParser parser, DeserializationContext context) {
      return new Found(context.findRootValueDeserializer((JavaType) context.getAttribute(TYPE)));
    }
  }
}
