package io.mrq.api.overview;

import io.mrq.api.request.QueryParams;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Shows the state of the whole system, once or live. */
@RestController
@RequestMapping("/api/v1")
class OverviewController {
  private final Overviews overviews;
  private final OverviewFeed feed;

  OverviewController(Overviews overviews, OverviewFeed feed) {
    this.overviews = overviews;
    this.feed = feed;
  }

  @GetMapping(path = "/overview", produces = MediaType.APPLICATION_JSON_VALUE)
  Map<String, @Nullable Object> overview(HttpServletRequest request) {
    QueryParams.of(request);
    return overviews.now().json();
  }

  @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  SseEmitter events(HttpServletRequest request, HttpServletResponse response) {
    QueryParams.of(request);
    // A proxy that buffers the answer would deliver it late.
    response.setHeader("X-Accel-Buffering", "no");
    return feed.open();
  }
}
