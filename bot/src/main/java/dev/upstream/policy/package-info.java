/** Who may read what, and what of an answer a person may see (PRODUCT.md section 7). */
package dev.upstream.policy;
