package io.mrq.api.dashboard;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * Serves the one page of the dashboard at each address that it knows, so that every view can be
 * opened, shared and reloaded. What belongs to it lies beside it under {@code /dashboard/assets}
 * and, from libraries, under {@code /webjars}. All its addresses are relative to the context path,
 * with the prefix of a reverse proxy when forwarded headers are heeded.
 */
@Controller
class DashboardController {
  private final DashboardPage page = DashboardPage.load();

  @GetMapping({"/", "/dashboard"})
  ResponseEntity<Void> root(HttpServletRequest request) {
    return ResponseEntity.status(HttpStatus.FOUND)
        .header(HttpHeaders.LOCATION, request.getContextPath() + "/dashboard/")
        .build();
  }

  @GetMapping({
    "/dashboard/",
    "/dashboard/{page:exceptions|jobs|queues|workers|actions|audit|access}",
    "/dashboard/jobs/{id}"
  })
  ResponseEntity<String> page(HttpServletRequest request) {
    Nonce nonce = Nonce.fresh();
    return ResponseEntity.ok()
        .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
        .cacheControl(CacheControl.noStore())
        .header("Content-Security-Policy", nonce.policy())
        .body(page.with(request.getContextPath(), nonce));
  }
}
