package io.mrq.api.access;

import io.mrq.access.ApiKeys;
import io.mrq.api.audit.Audit;
import jakarta.servlet.DispatcherType;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationFilter;
import org.springframework.security.web.authentication.session.NullAuthenticatedSessionStrategy;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * All rules about who may do what. There are no sessions: every request carries its credentials.
 *
 * <p>A new route needs no entry here: reading requires the role viewer, everything else operator.
 */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {
  /** For answers that are not pages: nothing may be loaded, run or framed. */
  private static final String LOAD_NOTHING = "default-src 'none'; frame-ancestors 'none'";

  private static final HttpMethod[] READING = {HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS};

  @Bean
  Accounts mrqAccounts(AccessProperties access) {
    return new Accounts(access, InstantSource.system());
  }

  @Bean
  UserAuthentication mrqUserAuthentication(Accounts accounts) {
    return new UserAuthentication(accounts, new LoginThrottle(InstantSource.system()));
  }

  @Bean
  ApiKeyIssuer mrqApiKeyIssuer(ApiKeys keys, @Qualifier("mrqClock") InstantSource clock) {
    return new ApiKeyIssuer(keys, clock);
  }

  @Bean
  StoredKeys mrqStoredKeys(ApiKeys keys, @Qualifier("mrqClock") InstantSource clock) {
    return new StoredKeys(keys, clock);
  }

  @Bean
  RequestRejectedHandler mrqRequestRejectedHandler() {
    return new RejectedRequests();
  }

  /** A request is measured and traced as a whole; spans of single security filters add nothing. */
  @Bean
  SecurityObservationSettings mrqSecurityObservations() {
    return SecurityObservationSettings.noObservations();
  }

  /** Lets unusual methods through, so that the route answers 405 with the methods it allows. */
  @Bean
  StrictHttpFirewall mrqFirewall() {
    StrictHttpFirewall firewall = new StrictHttpFirewall();
    firewall.setUnsafeAllowAnyHttpMethod(true);
    return firewall;
  }

  @Bean
  SecurityFilterChain mrqAccess(
      HttpSecurity http,
      AccessProperties access,
      Accounts accounts,
      UserAuthentication users,
      StoredKeys stored,
      Audit audit) {
    AccessProblems problems = new AccessProblems(audit);
    boolean open = accounts.isEmpty();
    http.sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .requestCache(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .headers(AccessConfiguration::headers)
        .csrf(csrf ->
            csrf.csrfTokenRepository(CsrfDefence.cookie())
                .csrfTokenRequestHandler(new CsrfDefence())
                // Every request carries its credentials, so none is a login that should replace the
                // token.
                .sessionAuthenticationStrategy(new NullAuthenticatedSessionStrategy())
                .requireCsrfProtectionMatcher(CsrfDefence.forgeable()))
        .exceptionHandling(
            refusals -> refusals.authenticationEntryPoint(problems).accessDeniedHandler(problems))
        .authenticationManager(new ProviderManager(users))
        .addFilterAfter(new CallerGuard(open, access.allowInsecure()), HeaderWriterFilter.class)
        .addFilterBefore(
            keys(new ApiKeyAuthentication(accounts, stored), problems),
            BasicAuthenticationFilter.class)
        .authorizeHttpRequests(routes -> rules(routes, access.openMetrics()));
    if (open) {
      http.anonymous(everybody -> everybody.authorities(Role.ADMIN.authorities()));
    } else {
      http.httpBasic(basic -> basic.authenticationEntryPoint(problems));
    }
    return http.build();
  }

  private static void rules(
      AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry
          routes,
      boolean openMetrics) {
    // These dispatches finish a request that was authorized when it arrived.
    routes
        .dispatcherTypeMatchers(
            DispatcherType.FORWARD,
            DispatcherType.INCLUDE,
            DispatcherType.ERROR,
            DispatcherType.ASYNC)
        .permitAll();
    routes.requestMatchers(EndpointRequest.to("health")).permitAll();
    if (openMetrics) {
      routes.requestMatchers(EndpointRequest.to("prometheus")).permitAll();
    }
    routes
        .requestMatchers(HttpMethod.GET, "/dashboard/assets/**", "/webjars/**", "/favicon.ico")
        .permitAll();
    routes.requestMatchers("/api/v1/api-keys/**").access(RoleNeeded.atLeast(Role.ADMIN));
    routes
        .requestMatchers(HttpMethod.PATCH, "/api/v1/tasks/**")
        .access(RoleNeeded.atLeast(Role.ADMIN));
    for (HttpMethod reading : READING) {
      routes.requestMatchers(reading).access(RoleNeeded.atLeast(Role.VIEWER));
    }
    routes.anyRequest().access(RoleNeeded.atLeast(Role.OPERATOR));
  }

  private static AuthenticationFilter keys(ApiKeyAuthentication keys, AccessProblems problems) {
    AuthenticationFilter filter =
        new AuthenticationFilter(
            keys,
            request ->
                ApiKeyHeader.of(request)
                    .map(key -> UsernamePasswordAuthenticationToken.unauthenticated("key", key))
                    .orElse(null));
    filter.setSuccessHandler((_, _, _) -> {});
    filter.setFailureHandler(problems);
    return filter;
  }

  private static void headers(HeadersConfigurer<HttpSecurity> headers) {
    headers
        .contentSecurityPolicy(policy -> policy.policyDirectives(LOAD_NOTHING))
        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
        .crossOriginOpenerPolicy(policy -> policy.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
        .crossOriginResourcePolicy(policy -> policy.policy(CrossOriginResourcePolicy.SAME_ORIGIN))
        .httpStrictTransportSecurity(https -> https.includeSubDomains(false));
  }
}
