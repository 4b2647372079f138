// Every name of openssl.yaml, looked up on what OpenSSL's headers declare.
// REQUIRES: openssl
// RUN: corolint-knowledge-dump %s -- -std=c++20 -w > %t
// RUN: corolint-knowledge-dump --missing=openssl.yaml %t | %FileCheck %s
// CHECK: all {{[0-9]+}} entries of openssl.yaml are proven

#include <openssl/bio.h>
#include <openssl/cmp.h>
#include <openssl/conf.h>
#include <openssl/evp.h>
#include <openssl/http.h>
#include <openssl/ocsp.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/ui.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>

template <typename... Functions> void use(Functions *...);

void proof(BIO *b) {
  BIO_do_connect(b);
  use(BIO_do_connect_retry, BIO_wait, BIO_socket_wait, BIO_connect, BIO_accept_ex, BIO_accept,
      BIO_lookup, BIO_lookup_ex, BIO_gethostbyname, BIO_get_host_ip, BIO_new_file);
  use(OSSL_HTTP_get, OSSL_HTTP_transfer, OSSL_HTTP_open, OSSL_HTTP_proxy_connect,
      OSSL_HTTP_exchange, OSSL_HTTP_REQ_CTX_exchange, OCSP_sendreq_bio, OSSL_CMP_exec_certreq,
      OSSL_CMP_exec_RR_ses, OSSL_CMP_exec_GENM_ses, X509_load_http, X509_CRL_load_http);
  use(EVP_read_pw_string, EVP_read_pw_string_min, UI_UTIL_read_pw_string, UI_UTIL_read_pw);
  use(SSL_CTX_use_certificate_file, SSL_CTX_use_certificate_chain_file, SSL_CTX_use_PrivateKey_file,
      SSL_CTX_use_RSAPrivateKey_file, SSL_CTX_use_serverinfo_file, SSL_use_certificate_file,
      SSL_use_certificate_chain_file, SSL_use_PrivateKey_file, SSL_use_RSAPrivateKey_file,
      SSL_CTX_load_verify_file, SSL_CTX_load_verify_store, SSL_CTX_load_verify_locations,
      SSL_CTX_set_default_verify_paths, SSL_CTX_set_default_verify_file, SSL_load_client_CA_file,
      SSL_add_file_cert_subjects_to_stack, SSL_add_dir_cert_subjects_to_stack,
      SSL_CTX_set_ctlog_list_file, SSL_CTX_set_default_ctlog_list_file);
  use(X509_load_cert_file, X509_load_crl_file, X509_load_cert_crl_file, X509_STORE_load_file,
      X509_STORE_load_locations, CONF_load, NCONF_load, CONF_modules_load_file, RAND_load_file,
      RAND_write_file);
}
