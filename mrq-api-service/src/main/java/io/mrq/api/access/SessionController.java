package io.mrq.api.access;

import io.mrq.api.request.QueryParams;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.CurrentSecurityContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells a page who the caller is and which role the caller has. */
@RestController
class SessionController {

  @GetMapping(path = CsrfDefence.SESSION, produces = MediaType.APPLICATION_JSON_VALUE)
  Map<String, @Nullable Object> session(
      HttpServletRequest request,
      @CurrentSecurityContext(expression = "authentication") Authentication authentication) {
    QueryParams.of(request);
    Principal user = request.getUserPrincipal();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("user", user == null ? null : user.getName());
    json.put("role", Role.of(authentication).orElse(Role.VIEWER).text());
    json.put("authenticated", user != null);
    return json;
  }
}
