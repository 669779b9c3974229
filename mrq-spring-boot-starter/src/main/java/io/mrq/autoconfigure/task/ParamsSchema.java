package io.mrq.autoconfigure.task;

import com.fasterxml.jackson.annotation.JsonCreator;
import jakarta.validation.Validator;
import java.math.BigInteger;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.introspect.ClassIntrospector;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes the JSON Schema (2020-12) of what a type can be bound from. The names are those that the
 * application's mapper gives; limits are those that Bean Validation declares. What it does not
 * understand, such as a type with a deserializer of its own, it allows: a schema must never refuse
 * what the task would take.
 */
final class ParamsSchema {
  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

  /** Deeper nesting is allowed without a look at it. */
  private static final int MAX_DEPTH = 12;

  private final JsonMapper json;
  private final SchemaConstraints constraints;

  /** The types around the one that is described; one that is among them describes itself. */
  private final List<JavaType> around = new ArrayList<>();

  ParamsSchema(JsonMapper json, Validator validator) {
    this.json = json;
    this.constraints = new SchemaConstraints(validator);
  }

  /** Returns the schema of the params as a JSON text. */
  String of(JavaType type) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", DIALECT);
    Map<String, Object> described = describe(type);
    schema.putAll(described);
    // Params are an object, whatever a task makes of them.
    schema.put("type", "object");
    return json.writeValueAsString(schema);
  }

  private Map<String, Object> describe(JavaType type) {
    Class<?> raw = type.getRawClass();
    if (around.size() > MAX_DEPTH || around.contains(type) || type.hasRawClass(Object.class)) {
      return Map.of();
    }
    if (type.isReferenceType()) {
      return describe(type.getReferencedType());
    }
    if (type.isMapLikeType()) {
      return nested(type, "object", "additionalProperties", type.getContentType());
    }
    if (raw == byte[].class) {
      return Map.of();
    }
    if (type.isArrayType() || type.isCollectionLikeType()) {
      return nested(type, "array", "items", type.getContentType());
    }
    String scalar = scalar(raw);
    if (!scalar.isEmpty()) {
      return new LinkedHashMap<>(Map.of("type", scalar));
    }
    if (type.isEnumType()) {
      return enumeration(raw);
    }
    if (isOpaque(raw)) {
      return Map.of();
    }
    return bean(type);
  }

  private Map<String, Object> nested(JavaType type, String kind, String name, JavaType content) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", kind);
    around.add(type);
    try {
      Map<String, Object> inner = new LinkedHashMap<>(describe(content));
      if (!inner.isEmpty()) {
        schema.put(name, orNull(inner, content));
      }
    } finally {
      around.removeLast();
    }
    return schema;
  }

  private static String scalar(Class<?> raw) {
    if (raw == String.class || CharSequence.class == raw || raw == char.class) {
      return "string";
    }
    if (raw == boolean.class || raw == Boolean.class) {
      return "boolean";
    }
    if (raw == float.class || raw == double.class || Number.class.isAssignableFrom(raw)) {
      return isWhole(raw) ? "integer" : "number";
    }
    return raw.isPrimitive() && raw != void.class ? "integer" : "";
  }

  private static boolean isWhole(Class<?> raw) {
    return Set.of(Byte.class, Short.class, Integer.class, Long.class, BigInteger.class)
        .contains(raw);
  }

  /** An enum with names or forms of its own is not looked into. */
  private Map<String, Object> enumeration(Class<?> raw) {
    Set<String> names = new LinkedHashSet<>();
    for (Object constant : raw.getEnumConstants()) {
      Object written = json.convertValue(constant, Object.class);
      if (!(written instanceof String name)) {
        return Map.of();
      }
      names.add(name);
    }
    return new LinkedHashMap<>(Map.of("type", "string", "enum", List.copyOf(names)));
  }

  /** Types with many forms: dates, ids and everything else of the platform. */
  private static boolean isOpaque(Class<?> raw) {
    return raw == UUID.class
        || TemporalAccessor.class.isAssignableFrom(raw)
        || raw.getName().startsWith("java.")
        || raw.getName().startsWith("tools.jackson.")
        || raw.isInterface();
  }

  private Map<String, Object> bean(JavaType type) {
    BeanDescription bean = introspected(type);
    if (hasFormOfItsOwn(bean)) {
      return Map.of();
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    boolean anyName = bean.findAnySetterAccessor() != null;
    around.add(type);
    try {
      List<BeanPropertyDefinition> sorted = new ArrayList<>(bean.findProperties());
      sorted.removeIf(property -> !property.couldDeserialize());
      sorted.sort(Comparator.comparing(BeanPropertyDefinition::getName));
      for (BeanPropertyDefinition property : sorted) {
        anyName |= !property.findAliases().isEmpty();
        Map<String, Object> described = property(type.getRawClass(), property);
        boolean must = Boolean.TRUE.equals(described.remove("required"));
        properties.put(property.getName(), described);
        if (must && property.findAliases().isEmpty()) {
          required.add(property.getName());
        }
      }
    } finally {
      around.removeLast();
    }
    schema.put("properties", properties);
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    if (!anyName && json.isEnabled(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)) {
      schema.put("additionalProperties", false);
    }
    return schema;
  }

  private BeanDescription introspected(JavaType type) {
    MapperConfig<?> config = json.deserializationConfig();
    ClassIntrospector introspector = config.classIntrospectorInstance();
    AnnotatedClass annotated = introspector.introspectClassAnnotations(type);
    return introspector.introspectForDeserialization(type, annotated);
  }

  /** Whether its JSON is not that of its properties. */
  private boolean hasFormOfItsOwn(BeanDescription bean) {
    var annotations = json.deserializationConfig().getAnnotationIntrospector();
    MapperConfig<?> config = json.deserializationConfig();
    AnnotatedClass type = bean.getClassInfo();
    return annotations.findDeserializer(config, type) != null
        || annotations.findPOJOBuilder(config, type) != null
        || annotations.findPolymorphicTypeInfo(config, type) != null
        || bean.findJsonValueAccessor() != null
        || bean.getType().isAbstract()
        || bean.getConstructorsWithMode().stream().anyMatch(c -> isDelegating(c.metadata))
        || bean.getFactoryMethodsWithMode().stream().anyMatch(c -> isDelegating(c.metadata));
  }

  private static boolean isDelegating(JsonCreator.@Nullable Mode mode) {
    return mode == JsonCreator.Mode.DELEGATING;
  }

  private Map<String, Object> property(Class<?> owner, BeanPropertyDefinition property) {
    JavaType type = property.getPrimaryType();
    Map<String, Object> schema = new LinkedHashMap<>(describe(type));
    boolean must = constraints.add(owner, property.getInternalName(), schema);
    // Jackson refuses its absence only where a creator asks for it.
    must |= property.isRequired() && property.hasConstructorParameter();
    if (!must && !schema.isEmpty()) {
      schema = new LinkedHashMap<>(orNull(schema, type));
    }
    if (must) {
      schema.put("required", true);
    }
    return schema;
  }

  /** A reference may be null where nothing forbids it. */
  private static Map<String, Object> orNull(Map<String, Object> schema, JavaType type) {
    if (type.isPrimitive() || !(schema.get("type") instanceof String kind)) {
      return schema;
    }
    Map<String, Object> nullable = new LinkedHashMap<>(schema);
    nullable.put("type", List.of(kind, "null"));
    if (schema.get("enum") instanceof Collection<?> names) {
      List<@Nullable Object> all = new ArrayList<>(names);
      all.add(null);
      nullable.put("enum", all);
    }
    return nullable;
  }
}
