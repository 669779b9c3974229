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
 * Serves the single page of the dashboard at the address of each of its views, so that every view
 * can be opened, shared and reloaded. Its scripts and styles are under {@code /dashboard/assets},
 * those of libraries under {@code /webjars}. All addresses are relative to the context path, which
 * includes the prefix of a reverse proxy when {@code server.forward-headers-strategy} is set.
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
    "/dashboard/{page:exceptions|jobs|queues|workers|tasks|recurring|actions|audit|access}",
    "/dashboard/jobs/{id}",
    "/dashboard/tasks/{path}",
    "/dashboard/recurring/{id}"
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
