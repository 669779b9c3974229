package io.mrq.autoconfigure.task;

import jakarta.validation.Validator;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedMember;
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
  private static final String REQUIRED = "required";

  /** Deeper nesting is allowed without a look at it. */
  private static final int MAX_DEPTH = 12;

  private static final Set<Class<?>> WHOLE_NUMBERS =
      Set.of(Byte.class, Short.class, Integer.class, Long.class, BigInteger.class);

  /** Equal types have equal schemas in every process, whatever order sets have in it. */
  private static final JsonMapper SORTED =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private final JsonMapper json;
  private final MapperConfig<?> config;
  private final BindingForms forms;
  private final SchemaConstraints constraints;

  /** The types around the one that is described; one that is among them is not described again. */
  private final List<JavaType> around = new ArrayList<>();

  ParamsSchema(JsonMapper json, Validator validator) {
    this.json = json;
    this.config = json.deserializationConfig();
    this.forms = new BindingForms(json);
    this.constraints = new SchemaConstraints(validator);
  }

  /** Returns the schema of the params as a JSON text. */
  String of(JavaType type) {
    Map<String, Object> schema = new LinkedHashMap<>();
    if (!json.isEnabled(DeserializationFeature.UNWRAP_SINGLE_VALUE_ARRAYS)) {
      schema.putAll(describe(type));
    }
    schema.put("$schema", DIALECT);
    // Params are an object, whatever a task makes of them.
    schema.put("type", "object");
    return SORTED.writeValueAsString(schema);
  }

  /** An empty map allows everything. */
  private Map<String, Object> describe(JavaType type) {
    if (around.size() > MAX_DEPTH || around.contains(type)) {
      return Map.of();
    }
    if (type.isReferenceType()) {
      return describe(type.getReferencedType());
    }
    if (type.isMapLikeType()) {
      return forms.isUsual(type)
          ? nested(type, "object", "additionalProperties", type.getContentType())
          : Map.of();
    }
    // Bytes are a text in Base64.
    if (type.isArrayType() && type.getContentType().hasRawClass(byte.class)) {
      return Map.of();
    }
    if (type.isArrayType() || type.isCollectionLikeType()) {
      return forms.isUsual(type) ? nested(type, "array", "items", type.getContentType()) : Map.of();
    }
    String scalar = scalar(type.getRawClass());
    if (!scalar.isEmpty()) {
      return forms.isUsual(type) ? of("type", scalar) : Map.of();
    }
    if (type.isEnumType()) {
      return forms.isUsual(type) ? enumeration(type.getRawClass()) : Map.of();
    }
    return forms.isObject(type) ? object(type) : Map.of();
  }

  private static Map<String, Object> of(String keyword, Object value) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put(keyword, value);
    return schema;
  }

  private Map<String, Object> nested(JavaType type, String kind, String name, JavaType content) {
    Map<String, Object> schema = of("type", kind);
    around.add(type);
    try {
      Map<String, Object> inner = describe(content);
      if (!inner.isEmpty()) {
        schema.put(name, orNull(inner, content));
      }
    } finally {
      around.removeLast();
    }
    return schema;
  }

  private static String scalar(Class<?> raw) {
    if (raw == String.class) {
      return "string";
    }
    if (raw == boolean.class || raw == Boolean.class) {
      return "boolean";
    }
    if (raw == float.class || raw == double.class) {
      return "number";
    }
    if (raw.isPrimitive() && raw != void.class && raw != char.class) {
      return "integer";
    }
    return !Number.class.isAssignableFrom(raw)
        ? ""
        : WHOLE_NUMBERS.contains(raw) ? "integer" : "number";
  }

  /** An enum that may be written in other ways than its constants is not looked into. */
  private Map<String, Object> enumeration(Class<?> raw) {
    Set<String> names = new LinkedHashSet<>();
    boolean known =
        !json.isEnabled(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            && !json.isEnabled(EnumFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
            && !json.isEnabled(EnumFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE);
    for (Object constant : raw.getEnumConstants()) {
      known &= json.convertValue(constant, Object.class) instanceof String name && names.add(name);
    }
    if (!known) {
      return Map.of();
    }
    Map<String, Object> schema = of("type", "string");
    schema.put("enum", List.copyOf(names));
    return schema;
  }

  private Map<String, Object> object(JavaType type) {
    BeanDescription description = introspected(type);
    boolean anyName =
        description.findAnySetterAccessor() != null
            || json.isEnabled(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES);
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    List<BeanPropertyDefinition> sorted = new ArrayList<>(description.findProperties());
    sorted.removeIf(property -> !property.couldDeserialize());
    sorted.sort(Comparator.comparing(BeanPropertyDefinition::getName));
    around.add(type);
    try {
      for (BeanPropertyDefinition property : sorted) {
        if (hasOtherNames(property)) {
          anyName = true;
        } else {
          Map<String, Object> schema = property(type.getRawClass(), property);
          if (schema.remove(REQUIRED) == Boolean.TRUE) {
            required.add(property.getName());
          }
          properties.put(property.getName(), schema);
        }
      }
    } finally {
      around.removeLast();
    }
    Map<String, Object> schema = of("type", "object");
    schema.put("properties", properties);
    if (!required.isEmpty() && !json.isEnabled(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)) {
      schema.put(REQUIRED, required);
    }
    if (!anyName && json.isEnabled(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)) {
      schema.put("additionalProperties", false);
    }
    return schema;
  }

  private BeanDescription introspected(JavaType type) {
    ClassIntrospector introspector = config.classIntrospectorInstance();
    return introspector.introspectForDeserialization(
        type, introspector.introspectClassAnnotations(type));
  }

  /** Whether a property has aliases, or its own properties stand in its place. */
  private boolean hasOtherNames(BeanPropertyDefinition property) {
    AnnotatedMember member = property.getMutator();
    return !property.findAliases().isEmpty()
        || (member != null
            && config.getAnnotationIntrospector().findUnwrappingNameTransformer(config, member)
                != null);
  }

  /** The schema of a property, with {@code required} if it must be there. */
  private Map<String, Object> property(Class<?> owner, BeanPropertyDefinition property) {
    JavaType type = property.getPrimaryType();
    Map<String, Object> schema =
        isBoundByItself(property) ? new LinkedHashMap<>() : new LinkedHashMap<>(describe(type));
    boolean must = constraints.add(owner, property.getInternalName(), schema);
    // Jackson refuses its absence only where a creator asks for it.
    must |= property.isRequired() && property.hasConstructorParameter();
    Map<String, Object> whole = must ? schema : orNull(schema, type);
    if (must) {
      whole.put(REQUIRED, true);
    }
    return whole;
  }

  private boolean isBoundByItself(BeanPropertyDefinition property) {
    AnnotatedMember member = property.getMutator();
    return member != null
        && (config.getAnnotationIntrospector().findDeserializer(config, member) != null
            || config.getAnnotationIntrospector().findDeserializationConverter(config, member)
                != null
            || config.getAnnotationIntrospector().findPolymorphicTypeInfo(config, member) != null);
  }

  /** A reference may be null where nothing forbids it. */
  private static Map<String, Object> orNull(Map<String, Object> schema, JavaType type) {
    Map<String, Object> nullable = new LinkedHashMap<>(schema);
    if (type.isPrimitive() || !(schema.get("type") instanceof String kind)) {
      return nullable;
    }
    nullable.put("type", List.of(kind, "null"));
    if (schema.get("enum") instanceof Collection<?> names) {
      List<@Nullable Object> all = new ArrayList<>(names);
      all.add(null);
      nullable.put("enum", all);
    }
    return nullable;
  }
}
