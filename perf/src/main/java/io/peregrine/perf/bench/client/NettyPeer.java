/*
 * Copyright 2026 The Peregrine Authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.peregrine.perf.bench.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** Netty on one event loop of its NIO transport; the caller waits for the answer in another thread. */
final class NettyPeer implements BenchClient
{
    private static final int MAX_ANSWER_LENGTH = 1024 * 1024;
    private static final int FAILED = -1;
    private static final int TIMEOUT_SECONDS = 10;

    private final ByteBuf memory = Unpooled.directBuffer().writeBytes(ORDER.getBytes(StandardCharsets.US_ASCII));
    private final ByteBuf body = Unpooled.unreleasableBuffer(memory);
    private final BlockingQueue<Integer> answers = new ArrayBlockingQueue<>(1);
    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel channel;
    private final String host;

    NettyPeer(final Target target) throws Exception
    {
        host = Target.HOST + ":" + target.port();
        final SslContext tls = target.isTls() ?
            SslContextBuilder.forClient().trustManager(target.trustManager())
                .protocols(Target.TLS_VERSION).build() : null;
        channel = new Bootstrap().group(loops)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(new Pipeline(tls, target))
            .connect(Target.HOST, target.port()).sync().channel();
    }

    @Override
    public int exchange() throws IOException, InterruptedException
    {
        final DefaultFullHttpRequest request =
            new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, PATH, body.duplicate());
        request.headers()
            .set(HttpHeaderNames.HOST, host)
            .set(HttpHeaderNames.ACCEPT, JSON)
            .set(HttpHeaderNames.CONTENT_TYPE, JSON)
            .set(API_KEY_NAME, API_KEY)
            .setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        channel.writeAndFlush(request, channel.voidPromise());
        final Integer length = answers.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        if (null == length)
        {
            throw new IOException("no answer within " + TIMEOUT_SECONDS + " s");
        }

        return length;
    }

    @Override
    public void close()
    {
        channel.close().syncUninterruptibly();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        memory.release();
    }

    private final class Pipeline extends ChannelInitializer<SocketChannel>
    {
        private final SslContext tls;
        private final Target target;

        Pipeline(final SslContext tls, final Target target)
        {
            this.tls = tls;
            this.target = target;
        }

        @Override
        protected void initChannel(final SocketChannel socket)
        {
            if (null != tls)
            {
                socket.pipeline().addLast(tls.newHandler(socket.alloc(), Target.HOST, target.port()));
            }
            socket.pipeline().addLast(
                new HttpClientCodec(), new HttpObjectAggregator(MAX_ANSWER_LENGTH), new Answers());
        }
    }

    private final class Answers extends SimpleChannelInboundHandler<FullHttpResponse>
    {
        @Override
        protected void channelRead0(final ChannelHandlerContext context, final FullHttpResponse response)
        {
            answers.add(HttpResponseStatus.OK.equals(response.status()) ?
                response.content().readableBytes() : -response.status().code());
        }

        @Override
        public void exceptionCaught(final ChannelHandlerContext context, final Throwable cause)
        {
            System.err.println("netty: " + cause);
            answers.offer(FAILED);
        }
    }
}
